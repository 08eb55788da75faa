"""Where lines of the log go, and what is worth one; `log_lines` has how they look."""

import logging
from typing import Any

from ethicsforum import env, log_lines
from ethicsforum.mode import LOCAL

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOG_LEVEL = env.one_of("LOG_LEVEL", "INFO", ", ".join(LOG_LEVELS), LOG_LEVELS)


def line_formatter() -> Any:
    return log_lines.formatter(for_machines=not LOCAL)


def _at_least(level: str) -> str:
    return max(level, LOG_LEVEL, key=LOG_LEVELS.index)


ROUTINE = _at_least("WARNING") if LOCAL else LOG_LEVEL

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "ethicsforum.log_settings.line_formatter"}},
    # On stderr: what a command prints may be somebody's data.
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": ["console"], "level": LOG_LEVEL, "propagate": False},
        # Each answer has its line from `logs`; a crash has its trace from here.
        "django.request": {"level": "ERROR"},
        # A trace for every scanner that guesses hosts: its 400 has a line as it is.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        # Whoever started the forum on their own machine knows what they clicked.
        "ethicsforum.requests": {"level": ROUTINE},
        "ethicsforum.tasks": {"level": ROUTINE},
        # A line for each message that was taken, and for each turn of the clock.
        "celery": {"level": _at_least("WARNING")},
        # Failed tasks have their line from `logs`.
        "celery.app.trace": {"level": "CRITICAL"},
    },
}
log_lines.configure()
if not LOCAL:
    # A warning of Python is a line like any other; on its own it would be several.
    logging.captureWarnings(True)
