"""The joined style sheet and script."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from ethicsforum import bundles

PARTS = [part for parts in bundles.BUNDLES.values() for part in parts]


def test_the_style_sheet_holds_every_part_in_order() -> None:
    text = bundles.joined("css/site.css")
    places = [
        text.index(Path(str(finders.find(part))).read_text()) for part in bundles.STYLES
    ]
    assert places == sorted(places)


def test_each_script_keeps_its_names_to_itself() -> None:
    assert bundles.joined("js/site.js").count("{\n") >= len(bundles.SCRIPTS)


def test_no_part_imports_another() -> None:
    for part in bundles.SCRIPTS:
        assert "import " not in Path(str(finders.find(part))).read_text()


def test_every_part_in_the_folders_stands_in_a_bundle() -> None:
    static = Path(bundles.__file__).parent / "static"
    found = [*static.glob("css/components/*.css"), *static.glob("js/parts/*.js")]
    assert {str(path.relative_to(static)) for path in found} <= set(PARTS)


@pytest.mark.parametrize("path", bundles.BUNDLES)
def test_it_is_found_like_any_static_file(path: str) -> None:
    found = finders.find(path)
    assert isinstance(found, str)
    assert Path(found).read_text() == bundles.joined(path)


def test_it_is_written_again_only_when_a_part_changed() -> None:
    first = Path(str(finders.find("css/site.css"))).stat().st_mtime_ns
    assert Path(str(finders.find("css/site.css"))).stat().st_mtime_ns == first


def test_a_part_that_is_nowhere_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"js/parts/nowhere\.js"):
        bundles._source("js/parts/nowhere.js")
