"""Atom feeds that any text may be put into."""

from typing import Any

from django.utils.feedgenerator import Atom1Feed

from ethicsforum.markup import without_controls


class Atom(Atom1Feed):
    """XML has no place for control characters, and Django's feeds end in an error
    over the first one. They say nothing: they are left out."""

    def add_root_elements(self, handler: Any) -> None:
        self.feed = {name: _sayable(value) for name, value in self.feed.items()}
        super().add_root_elements(handler)

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        said = {name: _sayable(value) for name, value in item.items()}
        super().add_item_elements(handler, said)


def _sayable(value: Any) -> Any:
    if isinstance(value, str):
        return without_controls(value)
    return [_sayable(one) for one in value] if isinstance(value, list) else value
