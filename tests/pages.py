"""Every page that a reader or a member can come to, in one table.

The tests of valid HTML and of accessibility go through all of it. Whoever adds a page
adds a line; `tests/architecture/test_pages.py` notices a page without one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.template import Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.signals import template_rendered
from django.utils import timezone
from django.views import defaults

from comments.mailing.mails import compose, compose_digest
from comments.models import Digest, Notification, Visit
from ethicsforum.accounts.models import User
from ethicsforum.requests import busy
from tests import caches, filled, own_data
from tests.account_pages import ACCOUNTS, ELSEWHERE, OWN_ACCOUNT
from tests.page import ANN, BEN, CLEO, STRANGER, Fields, Page

LINKS = "https://a.example https://b.example https://c.example"
AROUND = """<!doctype html>
<html lang="en">
<head><title>A part</title><link rel="stylesheet" href="/static/css/site.css"></head>
<body><main><h1>A part</h1><h2>Of a page</h2>{}</main></body>
</html>"""


def _come_back(client: Client) -> None:
    """After a day in which everything was written."""
    before = timezone.now() - timedelta(days=1)
    Visit.objects.update(seen_at=before, before=None)


ARTICLES = [
    Page("/"),
    Page("/", ANN),
    Page("/topics/care/"),
    Page("/topics/nothing-yet/"),
    *(Page("/articles/triage/", by) for by in (STRANGER, ANN, BEN, "Suspended")),
    Page("/articles/triage/", ANN, before=_come_back),
    Page("/articles/triage/?reply_to={theirs}", ANN),
    Page("/articles/triage/?reply_to={removed}", ANN),
    *(Page("/articles/triage/print/", by) for by in (STRANGER, ANN)),
    Page("/articles/long/"),
    Page("/articles/empty/"),
    Page("/articles/empty/", ANN),
    Page("/articles/closed/"),
    Page("/articles/closed/", ANN),
]
WRITING = [
    Page("/articles/triage/comments/", ANN, {"body": ""}, 422),
    Page(
        "/articles/triage/comments/",
        ANN,
        {"body": filled.LIVELY, "parent": "{theirs}", "preview": "1"},
    ),
    Page("/articles/triage/comments/", ANN, {"body": "x", "parent": "{removed}"}, 422),
    Page("/articles/triage/comments/", ANN, {"body": ""}, 422, is_part=True),
    Page("/articles/triage/comments/", ANN, {"body": filled.LIVELY}, is_part=True),
    Page("/articles/triage/comments/", ANN, {"body": LINKS}, is_part=True),
    Page("/comments/preview/", ANN, {"body": LINKS}, is_part=True),
    Page("/comments/preview/", ANN, {"body": "x" * 10_001}, is_part=True),
    Page("/comments/{theirs}/reply/", ANN, is_part=True),
    Page("/comments/{mine}/history/"),
    Page("/comments/{mine}/edit/", BEN),
    Page("/comments/{mine}/edit/", BEN, {"body": ""}, 422),
    Page("/comments/{held}/edit/", BEN, {"body": filled.LIVELY, "preview": "1"}),
    Page("/comments/{mine}/withdraw/", BEN),
    Page("/comments/{theirs}/report/", BEN),
    Page("/comments/{theirs}/report/", BEN, {}, 422),
    Page("/comments/{reported}/report/", ANN),
    Page("/comments/{mine}/report/", BEN),
]
MODERATION = [
    Page("/rules/"),
    Page("/rules/person/"),
    Page("/moderation/log/"),
    Page("/moderation/log/?rule=person&by=moderator"),
    Page("/moderation/log/{decision}/"),
    Page("/moderation/report/"),
    Page("/moderation/report/{year}/"),
    Page("/moderation/report/2020-11/"),
    Page("/moderation/notice/"),
    Page("/moderation/notice/?comment={theirs}", ANN),
    Page("/moderation/notice/", STRANGER, {"note": ""}, 422),
    Page("/moderation/notice/received/"),
    Page("/decisions/{rejected}/", BEN),
    Page("/decisions/{decision}/", BEN),
    Page("/decisions/{appealed}/", BEN),
    Page("/decisions/{rejected}/appeal/", BEN),
    Page("/decisions/{rejected}/appeal/", BEN, {"body": ""}, 422),
    *(
        Page(f"/decisions/{{{which}}}/appeal/", BEN)
        for which in ("appealed", "upheld", "overturned")
    ),
    *(
        Page("/notices/", by)
        for by in (ANN, BEN, CLEO, "Warned", "Limited", "Suspended", "Forgiven")
    ),
    Page("/notices/mail/", BEN),
    Page("/notices/mail/", BEN, {"replies": "hourly"}, status=422),
    Page("/unsubscribe/{unsubscribe}/"),
    Page("/unsubscribe/{unsubscribe}/", post={}),
    Page("/reports/", ANN),
    Page("/reports/", BEN),
]
SEARCH = [
    Page("/search/"),
    Page("/search/?q=list"),
    Page("/search/?q=thought&kind=comments", ANN),
    Page("/search/?q=thought&kind=comments&page=2"),
    Page("/search/?q=nowhere&kind=articles"),
    Page("/search/?q=%22%3Cscript"),
]
PEOPLE = [
    *(Page("/members/{cleo}/", by) for by in (STRANGER, BEN, CLEO)),
    Page("/members/{otto}/", "Otto"),
    *(Page("/comments/mine/", by) for by in (BEN, "Otto")),
    *(Page("/following/", by) for by in (BEN, ANN)),
    Page("/comments/{mine}/votes/", BEN, {"axis": "value", "choice": "up"}, 409),
    Page("/comments/{theirs}/votes/", BEN, {"axis": "x"}, 422),
]
ERRORS = [
    Page("/no-such-page/", status=404),
    Page("/no-such-page/", ANN, status=404),
]
PAGES = [
    *ARTICLES,
    *WRITING,
    *MODERATION,
    *SEARCH,
    *PEOPLE,
    *ACCOUNTS,
    *OWN_ACCOUNT,
    *ELSEWHERE,
    *own_data.PAGES,
    *ERRORS,
]

NO_PAGE = {
    "articles:feed": "Atom",
    "articles:sitemap": "XML",
    "articles:robots": "text",
    "articles:share_image": "a picture",
    "articles:oembed": "JSON",
    "articles:topic_feed": "Atom",
    "comments:discussion_feed": "Atom",
    "comments:permalink": "leads on",
    "comments:part": "a part of a page that is open",
    "comments:new": "JSON, and parts of a page that is open",
    "comments:complete": "JSON",
    "comments:log_feed": "Atom",
    "comments:log_head": "JSON",
    "comments:log_lines": "JSON Lines",
    "comments:transparency_csv": "CSV",
    "comments:transparency_json": "JSON",
    "comments:notices_read": "takes POST only",
    "comments:open_notice": "leads to what the notice is about",
    "comments:follow_article": "takes POST only",
    "comments:mute_article": "takes POST only",
    "comments:follow_member": "takes POST only",
    "comments:mute_member": "takes POST only",
    "privacy:export": "takes POST only",
    "privacy:stay": "takes POST only",
    "privacy:fetch": "a file",
    "account_cancel_sign_up": "takes POST only",
    "mfa_login_webauthn": "JSON, and what a passkey signed",
    "mfa_download_recovery_codes": "text",
    "picture": "a picture",
    "security_txt": "text",
    "healthz": "JSON",
    "readyz": "JSON",
    "metrics": "text",
}
"""Names of addresses that answer with no page of HTML, each with why."""


SWITCHED_OFF = [
    "account/password_reset_done.html",
    "account/signup_closed.html",
    "account/verification_sent.html",
    "account/verified_email_required.html",
]
"""Templates of allauth's that a site comes to by other settings."""


def _plain() -> HttpRequest:
    return RequestFactory().get("/")


def _without_token() -> str:
    return _text(Client(enforce_csrf_checks=True).post("/accounts/login/"))


def _while_down() -> str:
    return _text(busy(RequestFactory().post("/", {"body": filled.HOSTILE})))


def _when_it_fails() -> dict[str, str]:
    return {
        "error-400": _text(defaults.bad_request(_plain(), BadRequest())),
        "error-403": _text(defaults.permission_denied(_plain(), PermissionDenied())),
        "error-403-csrf": _without_token(),
        "error-429": render_to_string("429.html", request=_plain()),
        "error-500": render_to_string("500.html", {"request_id": "0a1b" * 8}),
        "error-503": _while_down(),
    }


@dataclass
class Rendered:
    html: dict[str, str] = field(default_factory=dict)
    """By the page's name."""
    mails: dict[str, str] = field(default_factory=dict)
    templates: set[str] = field(default_factory=set)
    """Names of all that took part."""


def render_all() -> Rendered:
    """On a filled database, which is the caller's to forget."""
    known = {**filled.fill(), "year": timezone.now().year}
    return render(known, {user.username: user for user in User.objects.all()})


def render(known: Fields, people: dict[str, User]) -> Rendered:
    shown = Rendered()

    def note(template: Template, **_said: Any) -> None:
        shown.templates.add(str(template.name))

    template_rendered.connect(note)
    for number, page in enumerate(PAGES):
        with transaction.atomic():
            shown.html[page.file_name(number)] = _ask(page, known, people)
            transaction.set_rollback(True)
    shown.html |= _when_it_fails()
    for name in SWITCHED_OFF:
        shown.html[name.replace("/", "-")] = render_to_string(name, request=_plain())
    shown.mails = dict(_mails())
    template_rendered.disconnect(note)
    return shown


def _ask(page: Page, known: Fields, people: dict[str, User]) -> str:
    caches.forget()
    client = Client()
    if page.by != STRANGER:
        client.force_login(people[page.by])
    if page.before:
        known = {**known, **(page.before(client) or {})}
    address = page.address.format(**known)
    headers = {"HX-Request": "true"} if page.is_part else {}
    if page.post is None:
        response = client.get(address, headers=headers)
    else:
        sent = {name: str(value).format(**known) for name, value in page.post.items()}
        response = client.post(address, sent, headers=headers)
    assert response.status_code == page.status, (page, response.status_code)
    assert response.headers["Content-Type"].startswith("text/html"), page
    return AROUND.format(_text(response)) if page.is_part else _text(response)


def _text(response: Any) -> str:
    return str(response.content.decode())


def _mails() -> Iterator[tuple[str, str]]:
    """The HTML of one mail of each kind."""
    of_kind = {n.kind: n for n in Notification.objects.for_mail()}
    for kind, notification in of_kind.items():
        html, _mimetype = compose(notification).alternatives[0]
        yield f"mail-{kind}", str(html)
    yield from own_data.papers()
    digest = compose_digest(Digest.objects.get().pk)
    assert digest is not None
    yield "mail-digest", str(digest.alternatives[0][0])
