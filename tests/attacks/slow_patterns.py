"""Runs every regular expression of the project over hostile texts, in a process of
its own: one that takes too much of the processor is ended by the system.

Prints the name of each before it runs, so that the last line tells which it was.
"""

import ast
import os
import re
import signal
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("articles", "comments", "ethicsforum")
LENGTH = 100_000
SECONDS = 20.0
"""Of the processor, for all texts of one expression. A linear one needs a tenth of it;
a quadratic one needs minutes."""
PUMPS = (
    *(
        "a",
        "A1",
        " ",
        "\t ",
        "\n",
        "-",
        "_",
        ".",
        "a.",
        "a ",
        "'",
        '"',
        "<",
        "<a ",
        "@",
    ),
    *("@", "@a", "@a ", "a@a.", "https://", "https://a", "https://a,", "comments/1"),
    "#a\n",
)
"""Nothing like `<p><p>`: what looks for a tag's end reads HTML of our own making."""
FUNCTIONS: tuple[tuple[str, tuple[object, ...]], ...] = (
    ("comments.screening.text.fold", ()),
    ("comments.screening.text.watched_phrases", (("a*", "a a a*", "- -", "<a*"),)),
    ("comments.search.query.parse", ()),
    ("comments.search.query.plain", ()),
    ("articles.plain_text.read_pasted", ()),
    ("ethicsforum.markup.normalise", ()),
    ("ethicsforum.accounts.names.name_key", ()),
    ("ethicsforum.ids.as_id", ()),
)
"""What strangers' words pass through, with what else each takes."""
CALLS = {"compile", "sub", "subn", "match", "search", "fullmatch", "findall", "split"}


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def sources() -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def expressions(path: Path) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Each that the module makes, by where; what it joins from parts is taken from
    the module itself."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and _is_of_re(node.func) and node.args:
            found = _compiled(node)
            if found:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", found
    if path.name not in {"__main__.py", "wsgi.py", "conftest.py"}:
        module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for name, value in vars(module).items():
            for found in _patterns_in(value):
                yield f"{module.__name__}.{name}", found


def texts(pattern: str) -> Iterator[str]:
    """Long runs of what the expression itself speaks of, with an end that fails."""
    own = re.findall(r"[^\\()\[\]{}|*+?^$]", pattern)
    pairs = [a + b for a, b in pairwise(own)]
    for pump in dict.fromkeys([*PUMPS, *own, *pairs]):
        run = pump * (LENGTH // len(pump))
        yield run
        yield f"{run}\0"


def _is_of_re(func: ast.expr) -> bool:
    return (
        isinstance(func, ast.Attribute)
        and isinstance(func.value, ast.Name)
        and func.value.id == "re"
        and func.attr in CALLS
    )


def _compiled(call: ast.Call) -> re.Pattern[str] | None:
    first = call.args[0]
    if isinstance(first, ast.Constant) and isinstance(first.value, str):
        return re.compile(first.value, _flags(call))
    return None


def _flags(call: ast.Call) -> int:
    named = {node.attr for node in ast.walk(call) if isinstance(node, ast.Attribute)}
    return sum(getattr(re, name) for name in named & set(re.RegexFlag.__members__))


def _patterns_in(value: object) -> list[re.Pattern[str]]:
    parts: Iterable[object] = [value]
    if isinstance(value, dict):
        parts = value.values()
    elif isinstance(value, list | tuple):
        parts = value
    return [
        p for p in parts if isinstance(p, re.Pattern) and isinstance(p.pattern, str)
    ]


def try_one(name: str, pattern: re.Pattern[str]) -> None:
    say(name, repr(pattern.pattern))
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    for text in texts(pattern.pattern):
        pattern.match(text)
        pattern.fullmatch(text)
        for _ in pattern.finditer(text):
            pass
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def try_function(name: str, others: tuple[object, ...]) -> None:
    say(name)
    module, function = name.rsplit(".", 1)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    for pump in PUMPS:
        getattr(import_module(module), function)(pump * (LENGTH // len(pump)), *others)
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
    seen = set()
    for path in sources():
        for name, pattern in expressions(path):
            if (pattern.pattern, pattern.flags) not in seen:
                seen.add((pattern.pattern, pattern.flags))
                try_one(name, pattern)
    for name, others in FUNCTIONS:
        try_function(name, others)
    say("done", len(seen))


if __name__ == "__main__":
    main()
