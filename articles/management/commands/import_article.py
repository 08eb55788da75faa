"""Files to articles: Markdown with front matter, or plain text."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from articles.actions import Outcome, import_draft
from articles.importing import LARGEST, CannotImport, Draft, read_draft
from articles.models import Article
from ethicsforum.progress import shown

Taken = dict[str, tuple[str, str]]
"""By slug: the file it came from in this run, and its digest."""


STOPPED = "They are in; the same command leaves them unchanged and takes the others."


class Command(BaseCommand):
    help = (
        "Imports articles from Markdown with front matter, or from plain text as an "
        "editor pastes it, and prints the address of each."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument(
            "--publish",
            action="store_true",
            help="publish them; without it they are drafts for an editor",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        taken: Taken = {}
        names = options["files"]
        with shown("files", len(names), stopped=STOPPED) as progress:
            results = []
            for name in names:
                progress.clear()
                done = self._import_or_say_why(name, taken, publish=options["publish"])
                results.append(done)
                progress.add()
        if not all(results):
            sys.exit(1)

    def _import_or_say_why(self, name: str, taken: Taken, *, publish: bool) -> bool:
        try:
            draft = _draft_in(name)
            _refuse_shared_address(draft, name, taken)
            self.stdout.write(_import(draft, publish=publish))
        except CannotImport as problem:
            self.stderr.write(f"{name}: {problem}")
            return False
        return True


def _draft_in(name: str) -> Draft:
    if Path(name).exists() and not Path(name).is_file():
        # A folder, a pipe or a device: reading might never end.
        raise CannotImport(_("this is not a file"))
    try:
        with Path(name).open("rb") as file:
            # One byte more than allowed is enough to know that it is too much.
            return read_draft(file.read(LARGEST + 1), name)
    except OSError as error:
        raise CannotImport(error.strerror or _("cannot be read")) from None


def _refuse_shared_address(draft: Draft, name: str, taken: Taken) -> None:
    """Two files of one run for one address: the second would undo the first."""
    earlier, digest = taken.setdefault(draft.slug, (name, draft.digest))
    if digest != draft.digest:
        message = _("has the same address as %(earlier)s; give one of them a 'slug'")
        raise CannotImport(message % {"earlier": earlier})


def _import(draft: Draft, *, publish: bool) -> str:
    try:
        article, outcome = import_draft(draft, publish=publish)
    except DatabaseError as error:
        reason = str(error).strip().partition("\n")[0]
        message = _("The database did not take it: %(reason)s. Is it migrated?")
        raise CommandError(message % {"reason": reason}) from error
    return _line(article, outcome, draft.left_out)


def _line(article: Article, outcome: Outcome, left_out: tuple[str, ...]) -> str:
    facts = article.get_status_display()
    if left_out:
        facts += f"; {_('left out')}: {', '.join(left_out)}"
    address = settings.SITE_URL + article.get_absolute_url()
    return f"{outcome.label} ({facts}): {address}"
