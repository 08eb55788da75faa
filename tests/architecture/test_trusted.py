"""What is written into a page as it is, by name: everything else is escaped."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
RENDERED = {
    "article.body_html": "the article's Markdown, rendered and sanitised",
    "card.item.revision.html": "a comment's Markdown, rendered and sanitised",
    "comment.accepted_revision.html": "as above",
    "decision.revision.html": "as above",
    "entry.html": "as above",
    "html": "as above",
    "item.revision.html": "as above",
    "parent.accepted_revision.html": "as above",
    "preview": "as above, not stored",
    "revision.html": "as above",
    "text.html": "as above",
}
"""What templates call `safe`. A line here needs a line in `markup.render`."""
MARKED_SAFE = {
    "comments/templatetags/desk.py": "a rendered template, with an id in it",
    "comments/templatetags/discussion.py": "what templates rendered, kept",
    "comments/templatetags/structured.py": "JSON-LD; what could end it is escaped",
}
PATTERNS_OF_OUR_OWN = {
    "comments/admin/desk/deciding.py": "a translated sentence",
    "comments/policies.py": "a translated sentence",
    "comments/views/reporting.py": "a translated sentence",
}
"""Files that call `format_html` with a pattern that is not written in place."""
SAFE = re.compile(r"{{\s*([^}|]+?)\s*\|[^}]*\bsafe(?:seq)?\b[^}]*}}")
UNESCAPED = re.compile(r"{%\s*autoescape\s+off\s*%}|\|\s*escapejs|{%\s*filter\s+safe")


def templates(*kinds: str) -> Iterator[Path]:
    for folder in ("templates", "articles/templates", "comments/templates"):
        for kind in kinds:
            yield from (ROOT / folder).rglob(f"*.{kind}")


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    for folder in ("articles", "comments", "ethicsforum"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and _name(node.func) == name:
                    yield str(path.relative_to(ROOT)), node


def _name(function: ast.expr) -> str:
    return str(getattr(function, "id", getattr(function, "attr", "")))


def test_templates_call_safe_what_was_rendered_and_nothing_else() -> None:
    said = [SAFE.findall(path.read_text()) for path in templates("html", "xml")]
    assert {name for names in said for name in names} == set(RENDERED)


def test_pages_are_escaped_throughout() -> None:
    pages = templates("html", "xml")
    assert [path for path in pages if UNESCAPED.search(path.read_text())] == []


def test_plain_text_of_mails_is_not_escaped() -> None:
    """What is not switched off there would show its readers `&amp;`."""
    assert any(UNESCAPED.search(path.read_text()) for path in templates("txt"))


def test_code_marks_nothing_safe_but_what_is_named() -> None:
    marked = [*calls("mark_safe"), *calls("SafeString"), *calls("SafeText")]
    assert {path for path, _ in marked} == set(MARKED_SAFE)


def test_patterns_of_html_are_written_in_place() -> None:
    """`format_html` escapes what is put in, never the pattern itself."""
    found = [(*call, 0) for call in calls("format_html")]
    found += [(*call, 1) for call in calls("format_html_join")]
    elsewhere = {
        path
        for path, call, place in found
        if not isinstance(call.args[place], ast.Constant)
    }
    assert elsewhere == set(PATTERNS_OF_OUR_OWN)
