"""Feeds hold any text."""

from xml.etree import ElementTree

from ethicsforum.atom import Atom

CONTROLS = "a\x01\x08\x0b\x0c\x1b\x7f\ufffe\uffffb\tc"


def test_control_characters_are_left_out() -> None:
    feed = Atom(CONTROLS, "/", CONTROLS, author_name=CONTROLS)
    feed.add_item(CONTROLS, "/1/", CONTROLS, categories=[CONTROLS])
    read = ElementTree.fromstring(feed.writeString("utf-8"))  # noqa: S314  # our own
    said = {element.text for element in read.iter() if element.tag.endswith("title")}
    assert said == {"ab\tc"}
    assert {e.get("term") for e in read.iter() if e.get("term")} == {"ab\tc"}
