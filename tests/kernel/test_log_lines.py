"""A line of the log: one line, whatever is in it, and never what must not be."""

import json
import logging

import pytest

from ethicsforum.log_lines import on_one_line, summary, without_secrets
from tests import production
from tests.log_output import captured

log = logging.getLogger("comments.test")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("mail to ben@example.org failed", "mail to [address] failed"),
        ("Key (email)=(b.n+x@mail.example.co.uk)", "Key (email)=([address])"),
        ("{'ben@example.org': (550, b'full')}", "{'[address]': (550, b'full')}"),
        ("from 203.0.113.9", "from [ip]"),
        ("from 203.0.113.9:4711 again", "from [ip]:4711 again"),
        ("from 2001:db8::1.", "from [ip]"),
        ("from [2001:db8::7:1]", "from [[ip]]"),
        ("redis://:hunter2@cache:6379", "redis://[secret]@cache:6379"),
        ("listening on 127.0.0.1:8000", "listening on 127.0.0.1:8000"),
        ("at 12:30:45 on 2026-11-24", "at 12:30:45 on 2026-11-24"),
        ("Django 5.2.19", "Django 5.2.19"),
        ("revision 12: published", "revision 12: published"),
    ],
)
def test_addresses_and_passwords_are_left_out(said: str, kept: str) -> None:
    assert without_secrets(said) == kept


@pytest.mark.parametrize("end", ["\n", "\r\n", "\x00", "\x1b[2J", "\x85", "\u2028"])
def test_a_text_cannot_begin_a_line_of_its_own(end: str) -> None:
    sent = f"x{end}ERROR ethicsforum.security: login user=1"
    for for_machines in (True, False):
        with captured(for_machines=for_machines) as output:
            log.warning("refused: %s", sent)
        assert len(output.text.splitlines()) == 1
        assert end not in output.text.rstrip("\n")
    assert on_one_line("plain ä") == "plain ä"


def test_a_line_for_machines() -> None:
    with captured() as output:
        log.warning("%s texts sent again", 3)
    (line,) = output.lines
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "3 texts sent again",
        "level": "warning",
        "logger": "comments.test",
    }


def test_a_line_for_people() -> None:
    with captured(for_machines=False) as output:
        log.warning("%s texts sent again", 3)
    assert output.text == "WARNING comments.test: 3 texts sent again\n"


def test_of_a_crash_the_frames_and_the_first_line_are_kept() -> None:
    """PostgreSQL's second line holds the row: what somebody wrote."""
    with captured() as output:
        try:
            _refuse()
        except ValueError:
            log.exception("not saved")
    (line,) = output.lines
    assert "_refuse" in line["exception"]
    assert line["exception"].endswith("ValueError: violates check")
    assert "KeyError: 'first'" in line["exception"]
    assert "my secret text" not in output.text


def _refuse() -> None:
    try:
        raise KeyError("first")
    except KeyError as error:
        said = "violates check\nDETAIL: Failing row contains (my secret text)."
        raise ValueError(said) from error


def test_a_long_message_is_cut() -> None:
    assert len(summary(ValueError("x" * 10_000))) < 250


def test_a_long_text_is_read_in_no_time() -> None:
    for text in ("a" * 100_000, "1." * 50_000, "a@" * 50_000, ":" * 100_000):
        assert without_secrets(text)


WEB_SERVER = """
import json, logging, logging.config, sys, warnings
from django.conf import settings
settings.DEBUG
logging.config.dictConfig(json.load(open("ethicsforum/granian_log.json")))
logging.getLogger("_granian").warning("from the web server")
"""
WARNING = """
import logging.config, warnings
from django.conf import settings
logging.config.dictConfig(settings.LOGGING)
warnings.warn("from Python", stacklevel=1)
"""


@pytest.mark.parametrize("said", [WEB_SERVER, WARNING])
def test_on_a_readers_site_every_line_of_a_process_is_json(said: str) -> None:
    done = production.run("-c", said)
    (line,) = [json.loads(line) for line in done.stderr.splitlines()]
    assert line["level"] == "warning"
    assert "from " in line["event"]
    assert line["logger"] in {"_granian", "py.warnings"}
