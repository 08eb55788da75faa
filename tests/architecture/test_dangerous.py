"""What the code may never do with a text from outside: fetch it, run it, unpack it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
APPS = ("ethicsforum", "articles", "comments")

FETCHES = {"urllib.request", "http.client", "requests", "httpx", "aiohttp", "ftplib"}
MAY_FETCH = {
    # The operator's own classifier, at the address in CLASSIFIER_URL.
    "comments/screening/external.py",
    # The operator's own cache in front of the site, at the address in PURGE_URL.
    "ethicsforum/page_cache/purging.py",
    # Fetches nothing: names the error of a provider that does not answer.
    "ethicsforum/accounts/provider_door.py",
    # `make run` asks its own web process whether it answers.
    "ethicsforum/local/readiness.py",
}
UNPACKS = {"pickle", "marshal", "shelve", "dill"}
RUNS = {"eval", "exec", "compile", "__import__"}
SHELLS = {"system", "popen"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text())


def imported(tree: ast.Module) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module}
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def called(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
            yield name, node


def test_nothing_is_fetched_but_what_the_operator_names() -> None:
    fetching = {name for name, tree in modules() if imported(tree) & FETCHES}
    assert fetching == MAY_FETCH


def test_nothing_is_unpacked_that_could_run() -> None:
    assert [name for name, tree in modules() if imported(tree) & UNPACKS] == []


def is_bare(node: ast.Call) -> bool:
    """`re.compile` is an attribute of a module, the dangerous ones are not."""
    return isinstance(node.func, ast.Name)


def test_no_text_is_run() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, tree in modules()
        for what, node in called(tree)
        if (what in RUNS and is_bare(node)) or what in SHELLS or with_shell(node)
    ]
    assert found == []


def with_shell(node: ast.Call) -> bool:
    return any(keyword.arg == "shell" for keyword in node.keywords)


def test_yaml_is_read_without_its_constructors() -> None:
    reading = [name for name, tree in modules() if "yaml" in imported(tree)]
    assert reading == ["articles/front_matter.py"]
    source = (ROOT / reading[0]).read_text()
    assert "yaml.load" not in source
    assert "SafeLoader" in source


def test_every_form_names_its_fields() -> None:
    """A field that is added to a model later is in no form until somebody says so."""
    wholesale = {"exclude"}
    found = [
        name
        for name, tree in modules()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Constant) and node.value == "__all__")
        or (isinstance(node, ast.Assign) and names(node) & wholesale)
    ]
    assert found == []


def names(node: ast.Assign) -> set[str]:
    return {getattr(target, "id", "") for target in node.targets}


def test_no_template_is_made_of_a_text() -> None:
    made = [
        name
        for name, tree in modules()
        for what, _node in called(tree)
        if what in {"Template", "from_string"}
    ]
    assert made == []
