"""Texts of an older renderer, rendered again in batches that stay."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command

from comments.actions import rendering_again
from comments.models import Revision, SearchDocument
from comments.rendering import RENDER_VERSION, render_body
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def old() -> list[Revision]:
    """Three, and one of today's that nobody touches."""
    for number in range(3):
        build.published(body=f"*Thought* number {number}.")
    Revision.objects.update(html="<p>Old.</p>", render_version="comment-0")
    SearchDocument.objects.filter(comment__isnull=False).update(text="Old.")
    build.published(body="Of today.")
    return list(Revision.objects.filter(render_version="comment-0").order_by("pk"))


def texts() -> list[str]:
    found = SearchDocument.objects.filter(comment__isnull=False).order_by("pk")
    return list(found.values_list("text", flat=True))


def test_all_of_them_and_what_search_finds(
    old: list[Revision], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("rerender_comments")
    call_command("rerender_comments")
    for text in Revision.objects.all():
        assert (text.html, text.render_version) == (
            render_body(text.source),
            RENDER_VERSION,
        )
    assert texts()[:3] == [f"Thought number {number}." for number in range(3)]
    printed = capsys.readouterr().out
    assert printed == "3 texts rendered again.\n0 texts rendered again.\n"


def test_stopped_it_keeps_what_is_done_and_goes_on(
    old: list[Revision],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(rendering_again, "BATCH", 2)
    whole = rendering_again.render_all

    def pressed() -> Iterator[int]:
        yield next(whole())
        raise KeyboardInterrupt

    command = "comments.management.commands.rerender_comments.render_all"
    with monkeypatch.context() as patch, pytest.raises(SystemExit) as stop:
        patch.setattr(command, pressed)
        call_command("rerender_comments")
    assert stop.value.code == 130
    said = capsys.readouterr().err
    assert "Stopped after 2 of 3 texts. They stay so; the same command" in said
    assert rendering_again.waiting().get() == old[2]
    # The index is in line with what is done.
    assert texts()[:3] == ["Thought number 0.", "Thought number 1.", "Old."]

    call_command("rerender_comments")
    assert not rendering_again.waiting().exists()
    assert capsys.readouterr().out == "1 texts rendered again.\n"
