"""What a line of the log looks like, and what never stands in one. Pure.

For machines each line is one JSON object; in local mode it is a sentence. A text that
somebody sent can't begin a line of its own in either.
"""

import logging
import re
import traceback
from collections.abc import Iterator
from ipaddress import ip_address
from types import TracebackType

import structlog
from structlog.typing import EventDict, WrappedLogger

LONGEST = 1_000
"""Characters of one value."""
LONGEST_MESSAGE = 200
"""Characters of what an exception says."""
OWN_TRACE = "exception"
NOT_FOR_READERS = {"timestamp", "level", "logger", "event", OWN_TRACE} | {
    "request_id",
    "task_id",
    "task",
    "ms",
}

MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
PASSWORD = re.compile(r"(\w{2,20}://)[^\s/@]{1,200}@")
NUMBERS = re.compile(r"(?<![\w.:])[0-9a-fA-F:.]{3,45}(?![\w])")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


# --- What never stands in a line ------------------------------------------


def without_secrets(text: str) -> str:
    """No mail address, no password within an address, no client's IP."""
    text = PASSWORD.sub(r"\1[secret]@", text)
    return NUMBERS.sub(_hidden, MAIL.sub("[address]", text))


def _hidden(match: re.Match[str]) -> str:
    found = match.group().rstrip(".:")
    host, colon, port = (
        found.partition(":") if found.count(":") == 1 else (found, "", "")
    )
    try:
        address = ip_address(host)
    except ValueError:
        return match.group()
    # This machine is nobody.
    known = address.is_loopback or address.is_unspecified
    return match.group() if known else f"[ip]{colon}{port}"


def on_one_line(text: str) -> str:
    """Line ends, and all that a terminal would obey, are written out."""
    return CONTROL.sub(lambda found: ascii(found.group())[1:-1], text)


def _scrub(logger: WrappedLogger, name: str, line: EventDict) -> EventDict:
    for key, value in line.items():
        if isinstance(value, str) and not key.startswith("_"):
            clean = without_secrets(value)
            line[key] = clean if key == OWN_TRACE else on_one_line(clean[:LONGEST])
    return line


# --- What happened --------------------------------------------------------


def _say_why(logger: WrappedLogger, name: str, line: EventDict) -> EventDict:
    """Django ends its lines on a request with the path, and a path may hold a secret:
    a link to unsubscribe, an export. The request's own line names the route."""
    record: logging.LogRecord | None = line.get("_record")
    args = line.pop("positional_args", ())
    if hasattr(record, "request") and args:
        line["event"] = str(args[0])
    return line


def _trace(logger: WrappedLogger, name: str, line: EventDict) -> EventDict:
    """Where it failed, and of what the exception says the first line only: a database
    goes on with the whole row that it refused."""
    error = line.pop("exc_info", None)
    if error is True or isinstance(error, tuple):
        error = error[1] if isinstance(error, tuple) else None
    if isinstance(error, BaseException):
        line[OWN_TRACE] = "\n".join(_links(error))
    return line


def _links(error: BaseException) -> Iterator[str]:
    """From the first exception to the one that came of it."""
    earlier = error.__cause__ or error.__context__
    if earlier and not (error.__cause__ is None and error.__suppress_context__):
        yield from _links(earlier)
    yield _frames(error.__traceback__) + summary(error)


def _frames(trace: TracebackType | None) -> str:
    return "".join(traceback.format_tb(trace))


def summary(error: BaseException) -> str:
    said = (str(error).splitlines() or [""])[0][:LONGEST_MESSAGE]
    return f"{type(error).__name__}: {on_one_line(said)}".rstrip(": ")


# --- How it is written ----------------------------------------------------


def _sentence(logger: WrappedLogger, name: str, line: EventDict) -> str:
    """For the person who started the forum: who says what."""
    more = "".join(f" {k}={v}" for k, v in line.items() if k not in NOT_FOR_READERS)
    said = f"{line['level'].upper()} {line['logger']}: {line['event']}{more}"
    return f"{said}\n{line[OWN_TRACE]}" if OWN_TRACE in line else said


CONTEXT: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def formatter(*, for_machines: bool) -> structlog.stdlib.ProcessorFormatter:
    """Of every line, whether ours, Django's, Celery's or the web server's."""
    render = structlog.processors.JSONRenderer() if for_machines else _sentence
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=CONTEXT,
        processors=[
            _say_why,
            _trace,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _scrub,
            render,
        ],
        pass_foreign_args=True,
    )


def configure() -> None:
    """Events of structlog go the way of all lines."""
    structlog.configure(
        processors=[
            *CONTEXT,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
