"""A file's bytes to a draft: Markdown with front matter, or plain text. No ORM."""

import codecs
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from django.utils.translation import gettext as _

from articles.front_matter import (
    CannotImport,
    FrontMatter,
    has_front_matter,
    read_front_matter,
)
from articles.plain_text import read_pasted
from articles.slugs import slug_for
from ethicsforum.markup import ARTICLE, normalise, plain_text, render

__all__ = ["LARGEST", "CannotImport", "Draft", "read_draft"]

LARGEST = 1_000_000
"""Bytes. A long book chapter has a tenth of that."""

TITLE_LENGTH = 200
SLUG_LENGTH = 120
MARKDOWN_ENDINGS = {".md", ".markdown"}


@dataclass(frozen=True)
class Draft:
    """An article as the file has it; what is empty, the file doesn't say."""

    title: str
    slug: str
    body: str
    standfirst: str = ""
    byline: str = ""
    question: str = ""
    topics: tuple[str, ...] = ()
    publish_at: datetime | None = None
    left_out: tuple[str, ...] = ()
    """What stood in the file and is not in the draft: to be told, never silent."""

    @property
    def digest(self) -> str:
        """The same for files that make the same article."""
        said = [self.title, self.slug, self.body, self.standfirst, self.byline]
        said += [self.question, *self.topics, str(self.publish_at)]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def read_draft(data: bytes, name: str) -> Draft:
    """The draft in a file with this name; CannotImport says in one line why not."""
    text = _decoded(data)
    _refuse_other_formats(text)
    ending = PurePath(name).suffix.lower()
    if has_front_matter(text) or ending in MARKDOWN_ENDINGS:
        return _from_markdown(text)
    return _from_plain_text(text)


# --- Bytes to text --------------------------------------------------------

LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
OTHER_FORMATS = {"{\\rtf": "RTF", "%pdf-": "PDF", "<!doctype": "HTML", "<html": "HTML"}


def _decoded(data: bytes) -> str:
    if len(data) > LARGEST:
        raise CannotImport(_("the file is too large: 1 MB at most"))
    wide = data.startswith(UTF_16)
    if b"\0" in data and not wide:
        raise CannotImport(_("this is not a text file"))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        message = _("this is not text in UTF-8; save it as UTF-8 and try again")
        raise CannotImport(message) from None
    if "\0" in text:
        raise CannotImport(_("this is not a text file"))
    text = normalise(LINE_ENDS.sub("\n", text)).lstrip("\n\ufeff")
    if not text.strip():
        raise CannotImport(_("the file is empty"))
    return text


def _refuse_other_formats(text: str) -> None:
    beginning = text[:20].lstrip().lower()
    for start, kind in OTHER_FORMATS.items():
        if beginning.startswith(start):
            message = _("this is %(kind)s; save it as plain text or Markdown")
            raise CannotImport(message % {"kind": kind})


# --- Text to draft --------------------------------------------------------


def _from_plain_text(text: str) -> Draft:
    pasted = read_pasted(text)
    if len(pasted.title) > TITLE_LENGTH:
        message = _("the first line is the title, and has over %(most)d characters")
        raise CannotImport(message % {"most": TITLE_LENGTH})
    return Draft(
        title=pasted.title,
        slug=_slug(pasted.title),
        body=_required(pasted.body),
        left_out=pasted.left_out,
    )


def _from_markdown(text: str) -> Draft:
    front, rest = read_front_matter(text)
    heading, below = _leading_heading(rest)
    title = front.title or heading
    if not title:
        raise CannotImport(_("it has no title: add 'title: …' or a first '# heading'"))
    if len(title) > TITLE_LENGTH:
        message = _("the title has over %(most)d characters")
        raise CannotImport(message % {"most": TITLE_LENGTH})
    # The page prints the title itself; the same words as a heading would be a second.
    body = below if heading.casefold() == title.casefold() else rest
    return _draft(front, title, _required(body))


def _draft(front: FrontMatter, title: str, body: str) -> Draft:
    return Draft(
        title=title,
        slug=front.slug or _slug(title),
        body=body,
        standfirst=front.standfirst,
        byline=front.byline,
        question=front.question,
        topics=front.topics,
        publish_at=front.publish_at,
        left_out=front.unknown,
    )


LEADING_HEADING = re.compile(r"\A\s*#[ \t]+(\S[^\n]*)(?:\n|$)")


def _leading_heading(body: str) -> tuple[str, str]:
    """The words of a `# heading` that opens the text, and what stands below it."""
    match = LEADING_HEADING.match(body)
    if match is None:
        return "", body
    words = plain_text(render(match[0].strip(), ARTICLE))
    return " ".join(words.split()), body[match.end() :]


def _required(body: str) -> str:
    body = body.strip("\n").rstrip()
    if not body.strip():
        raise CannotImport(_("it has a title and no text under it"))
    return body


def _slug(title: str) -> str:
    return slug_for(title, prefix="article", max_length=SLUG_LENGTH)
