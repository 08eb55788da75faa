"""Markdown to clean HTML: the only importer of markdown-it, bleach and nh3.

What leaves `render` is a fixed point of both sanitisers under one allow-list. bleach
is given for this project but gets no more fixes; nh3 stands behind it.
"""

import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from html import escape
from typing import Any

import bleach
import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from ethicsforum.figures import IMG, PICTURE, Figure, Figures, figure_html
from ethicsforum.headings import HEADING_ID, heading_id

SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s]", re.IGNORECASE)
LINK_REL = "nofollow ugc noopener"
PROTOCOLS = frozenset({"http", "https", "mailto"})
# NUL and the C0/C1 controls have no glyph and no business in a text.
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
PARSER_NESTING = 60
# Without any of these a text has no address; most texts need not be parsed for links.
MAY_LINK = ("://", "mailto:", "&", "\\")


@dataclass(frozen=True)
class Policy:
    """What a kind of text may contain; the same data feeds both sanitisers."""

    name: str
    tags: frozenset[str]
    headings: bool = False
    figures: bool = False
    edition: int = 1

    @property
    def version(self) -> str:
        """Changes when stored HTML should be rendered again."""
        return f"{self.name}-{self.edition}"


INLINE = frozenset({"em", "strong", "s", "code", "a", "br"})
BLOCKS = frozenset({"p", "blockquote", "ul", "ol", "li", "pre", "hr"})
HEADINGS = frozenset({"h2", "h3", "h4"})
ATTRIBUTES = {"a": {"href", "rel"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}}
ATTRIBUTES["img"] = set(IMG)
COMMENT = Policy("comment", INLINE | BLOCKS)
FIGURES = frozenset({"figure", "img", "figcaption"})
ARTICLE = Policy(
    "article",
    INLINE | BLOCKS | HEADINGS | FIGURES,
    headings=True,
    figures=True,
    edition=3,
)


def normalise(text: str) -> str:
    """One kind of line ending, no control characters, no white space at the end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return without_controls(text).rstrip()


def without_controls(text: str) -> str:
    return CONTROLS.sub("", text)


def render(source: str, policy: Policy, figures: Figures | None = None) -> str:
    """Markdown to HTML that is safe to put into a page as it is."""
    env = {"figures": figures or {}}
    return sanitise(_parser(policy).render(normalise(source), env), policy)


def sanitise(html: str, policy: Policy) -> str:
    """HTML that neither bleach nor nh3 would change again."""
    for _ in range(3):
        cleaned = _nh3(_cleaner(policy).clean(html), policy)
        if cleaned == html:
            return cleaned
        html = cleaned
    if _cleaner(policy).clean(html) == html:
        return html
    # The two disagree about it: show it as plain text, never as a guess.
    return f"<p>{escape(nh3.clean_text(html), quote=False)}</p>"


def nesting(source: str, policy: Policy = COMMENT) -> int:
    """How deep quotes and lists are nested; the parser stops at PARSER_NESTING."""
    tokens = _parser(policy).parse(normalise(source))
    containers = {"blockquote_open": 1, "blockquote_close": -1}
    containers |= {"list_item_open": 1, "list_item_close": -1}
    depth = deepest = 0
    for token in tokens:
        depth += containers.get(token.type, 0)
        deepest = max(deepest, depth)
    return deepest


def links(source: str) -> list[str]:
    """Every address the rendered text would link to, in order."""
    text = normalise(source)
    lowered = text.lower()
    if not any(mark in lowered for mark in MAY_LINK):
        return []
    blocks = _parser(COMMENT).parse(text)
    pieces = (piece for block in blocks for piece in block.children or ())
    return [str(piece.attrs["href"]) for piece in pieces if piece.type == "link_open"]


def own_words(source: str) -> list[str]:
    """The lines of a text outside quotes and code, without bare addresses."""
    depth = 0
    words: list[str] = []
    for block in _parser(COMMENT).parse(normalise(source)):
        depth += {"blockquote_open": 1, "blockquote_close": -1}.get(block.type, 0)
        if not depth:
            words += _prose(block.children or ()).split("\n")
    return [line for line in words if line.strip()]


def _prose(pieces: Iterable[Token]) -> str:
    prose, in_address = [], False
    for piece in pieces:
        if piece.type in ("link_open", "link_close"):
            in_address = piece.type == "link_open" and piece.info == "auto"
        elif piece.type == "text" and not in_address:
            prose.append(piece.content)
        elif not piece.nesting:
            # A line ends, or something stands here that is not prose.
            prose.append("\n")
    return "".join(prose)


class Part(StrEnum):
    """What a writer may ask for in vain."""

    TAG = "tag"
    ATTRIBUTE = "attribute"
    LINK = "link"
    PICTURE = "picture"


TAG = re.compile(r"<([a-zA-Z][\w:-]*)([^<>]*)")
ATTRIBUTE = re.compile(r"(?:^|[\s\"'/])([a-zA-Z_:][\w:.-]*)\s*=")
MOST_NAMED = 20


def left_out(source: str) -> list[tuple[Part, str]]:
    """What the text asks for and the page doesn't have: raw HTML, which stands there
    as text; links that lead nowhere safe; pictures. Each once, the first few."""
    if "<" not in source and "](" not in source:
        return []
    blocks = _lenient_parser().parse(normalise(source))
    pieces = (piece for block in blocks for piece in (block, *(block.children or ())))
    found = dict.fromkeys(part for piece in pieces for part in _parts(piece))
    return list(found)[:MOST_NAMED]


def _parts(piece: Token) -> Iterator[tuple[Part, str]]:
    if piece.type in ("html_inline", "html_block"):
        for tag in TAG.finditer(piece.content):
            yield Part.TAG, tag[1].lower()
            for name in ATTRIBUTE.findall(tag[2]):
                yield Part.ATTRIBUTE, name.lower()
    elif piece.type == "image":
        yield Part.PICTURE, str(piece.attrs["src"])
    elif piece.type == "link_open" and not SAFE_ADDRESS.match(str(piece.attrs["href"])):
        yield Part.LINK, str(piece.attrs["href"])


@lru_cache
def _lenient_parser() -> MarkdownIt:
    """One that takes what ours refuses, to see what that was. Nothing it makes is
    ever rendered."""
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": PARSER_NESTING})
    parser.disable("reference")
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # the documented way to widen it
    return parser


@lru_cache
def _parser(policy: Policy) -> MarkdownIt:
    options = {"html": False, "linkify": True, "breaks": True}
    parser = MarkdownIt("commonmark", {**options, "maxNesting": PARSER_NESTING})
    parser.enable(["strikethrough", "linkify"])
    # Reference definitions let output grow with the square of the input.
    off = ["reference", "html_block", "html_inline"]
    off += [] if policy.headings else ["heading", "lheading"]
    off += [] if policy.figures else ["image"]
    parser.disable(off)
    if parser.linkify is not None:
        quiet = {"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False}
        parser.linkify.set(quiet)
    takes = PICTURE.fullmatch if policy.figures else SAFE_ADDRESS.match
    parser.validateLink = lambda url: bool(SAFE_ADDRESS.match(url) or takes(url))  # type: ignore[method-assign]  # the documented way to narrow it
    parser.add_render_rule("link_open", _link_open)
    parser.add_render_rule("image", _image)
    parser.core.ruler.push("figures", _set_figures)
    parser.add_render_rule("heading_open", _heading_open)
    parser.add_render_rule("heading_close", _heading_close)
    return parser


def _link_open(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    tokens[index].attrSet("rel", LINK_REL)
    return renderer.renderToken(tokens, index, options, env)


def _set_figures(state: StateCore) -> None:
    """A paragraph that is one known picture is none."""
    tokens = state.tokens
    for opening, inline, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        pieces = inline.children or []
        alone = opening.type == "paragraph_open" and len(pieces) == 1
        if alone and _asked_for(pieces[0], state.env):
            opening.tag = closing.tag = "figure"
            # A list hides its paragraphs.
            opening.hidden = closing.hidden = False


def _image(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    """Amid other words, or unknown, only what was said in its place is left."""
    figure, words = _asked_for(tokens[index], env), tokens[index].content
    if figure is None or len(tokens) > 1:
        return escape(words, quote=False)
    return figure_html(figure, words)


def _asked_for(token: Token, env: EnvType) -> Figure | None:
    figures: Figures = env.get("figures", {})
    address = str(token.attrs.get("src", "")) if token.type == "image" else ""
    found = PICTURE.fullmatch(address)
    return figures.get(int(found[1])) if found else None


def _heading_open(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    pieces = tokens[index + 1].children or ()
    words = "".join(piece.content for piece in pieces)
    tokens[index].attrSet("id", heading_id(words, env.setdefault("ids", set())))
    return _heading_close(renderer, tokens, index, options, env)


def _heading_close(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    # The page's own title is its h1, and three levels are enough below it.
    level = int(tokens[index].tag[1])
    tokens[index].tag = f"h{min(max(level, 2), 4)}"
    return renderer.renderToken(tokens, index, options, env)


def _attribute_allowed(tag: str, name: str, value: str) -> bool:
    """A positive match only; a tag that a policy leaves out never gets here."""
    if tag == "img":
        return name in IMG and bool(IMG[name].fullmatch(value))
    if tag in HEADINGS:
        return name == "id" and bool(HEADING_ID.fullmatch(value))
    if tag != "a":
        return False
    if name == "rel":
        return value == LINK_REL
    # bleach takes `javascript:1` for host:port; only a positive match is safe.
    return name == "href" and bool(SAFE_ADDRESS.match(value))


_local = threading.local()


def _cleaner(policy: Policy) -> bleach.Cleaner:
    """One Cleaner per thread: a shared one mixes up the texts of two people."""
    cleaners: dict[str, bleach.Cleaner] = _local.__dict__.setdefault("cleaners", {})
    if policy.name not in cleaners:
        cleaners[policy.name] = bleach.Cleaner(
            tags=policy.tags,
            attributes=_attribute_allowed,
            protocols=PROTOCOLS,
            strip=True,
        )
    return cleaners[policy.name]


def _nh3(html: str, policy: Policy) -> str:
    return nh3.clean(
        html,
        tags=set(policy.tags),
        attributes=ATTRIBUTES,
        attribute_filter=_keep_attribute,
        url_schemes=set(PROTOCOLS),
        link_rel=None,
    )


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    return value if _attribute_allowed(tag, name, value) else None


def plain_text(html: str) -> str:
    """The words of rendered HTML, for mails and excerpts."""
    from html import unescape

    text = re.sub(r"</(?:p|li|blockquote|pre|h\d)>|<br>|<hr>", "\n", html)
    stripped: Any = nh3.clean(text, tags=set())
    return re.sub(r"\n{3,}", "\n\n", unescape(stripped)).strip()
