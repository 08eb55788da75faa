"""Connects and signs in as for sending; sends only to whom the operator names."""

import smtplib
import socket
import ssl

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from ethicsforum.doctor.finding import Finding, Findings, reason

LONGEST = 5


def examine(send_to: str = "") -> Findings:
    if settings.EMAIL_BACKEND.endswith("FileBackend"):
        yield _files()
        return
    try:
        with get_connection(timeout=LONGEST) as connection:
            yield Finding.ok(f"The mail server at {_where()} lets us in")
            if send_to:
                _test_mail(send_to, connection).send()
                yield Finding.ok(f"A mail to {send_to} was handed over")
    except (OSError, smtplib.SMTPException) as error:
        yield _refused(error)


def _files() -> Finding:
    if settings.LOCAL:
        return Finding.ok(f"Mails are written to {settings.MAIL_DIR} (local mode)")
    return Finding.broken(
        f"Mails are written to {settings.MAIL_DIR} and reach nobody",
        "set EMAIL_URL, for example smtp+tls://user:password@host:587",
    )


def _test_mail(to: str, connection: BaseEmailBackend) -> EmailMessage:
    subject = f"{settings.SITE_NAME}: a test"
    body = f"Sent by `manage.py doctor` on {settings.SITE_URL}."
    return EmailMessage(subject, body, to=[to], connection=connection)


def _refused(error: Exception) -> Finding:
    where = _where()
    match error:
        case smtplib.SMTPAuthenticationError():
            return Finding.broken(
                f"The mail server at {where} refuses the user or the password",
                "correct them in EMAIL_URL",
            )
        case smtplib.SMTPRecipientsRefused() | smtplib.SMTPSenderRefused():
            return Finding.broken(
                f"The mail server at {where} took no mail ({reason(error)})",
                "let it send for DEFAULT_FROM_EMAIL",
            )
        case socket.gaierror():
            return Finding.broken(
                f"No machine is called {settings.EMAIL_HOST}",
                "correct the host in EMAIL_URL",
            )
        case ssl.SSLError() | smtplib.SMTPNotSupportedError():
            return Finding.broken(
                f"No encrypted connection to {where} came about ({reason(error)})",
                "use smtp+tls:// for port 587 and smtp+ssl:// for 465 in EMAIL_URL",
            )
        case TimeoutError() | smtplib.SMTPServerDisconnected():
            return Finding.broken(
                f"The mail server at {where} does not answer within {LONGEST} s",
                "see whether a firewall is between, and whether port and kind of "
                "encryption in EMAIL_URL are right",
            )
    return Finding.broken(
        f"The mail server at {where} can't be reached ({reason(error)})",
        "start it, or correct host and port in EMAIL_URL",
    )


def _where() -> str:
    return f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
