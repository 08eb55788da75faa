"""/moderation/notice/: anybody, without an account; never a word about hidden texts."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from comments.actions.moderating import remove_comment
from comments.models import Comment, Notification, Report
from comments.policies import MOST_NOTICES_OF_ONE
from tests import build, cast

pytestmark = pytest.mark.django_db
HERE = "/moderation/notice/"
THANKS = "/moderation/notice/received/"
UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.fixture
def comment(db: None) -> Comment:
    return build.published(author=cast.ben())


def fields(comment: Comment, **others: Any) -> dict[str, Any]:
    return {
        "where": str(comment.pk),
        "note": "It says that I steal; I don’t.",
        "name": "Lex Smith",
        "email": "Law@Example.org",
        "good_faith": "on",
        **others,
    }


def test_the_form_knows_the_comment_and_who_is_signed_in(
    client: Client, comment: Comment
) -> None:
    client.force_login(cast.cleo())
    html = client.get(f"{HERE}?comment={comment.pk}").content.decode()
    assert f'name="where" id="id_where" value="{comment.pk}"' in html
    assert 'value="cleo@example.org"' in html


def test_a_notice_by_somebody_without_an_account(
    client: Client, comment: Comment
) -> None:
    response = client.post(HERE, fields(comment, law="§ 186 StGB"))
    assert response.headers["Location"] == THANKS
    report = Report.objects.get()
    assert (report.source, report.reporter) == ("notice", None)
    assert (report.name, report.email) == ("Lex Smith", "law@example.org")
    assert report.note == "Law or right: § 186 StGB\n\nIt says that I steal; I don’t."
    assert report.comment == comment
    receipt = Notification.objects.get()
    assert (receipt.kind, receipt.address) == ("report-received", "law@example.org")
    assert "has arrived" in client.get(THANKS).content.decode()


@pytest.mark.parametrize(
    "where",
    [
        "{}",
        "#{}",
        "/comments/{}/",
        "http://127.0.0.1:8000/comments/{}/",
        "http://127.0.0.1:8000/articles/triage/?thread=3#comment-{}",
    ],
)
def test_ways_to_say_where(
    client: Client, comment: Comment, settings: Any, where: str
) -> None:
    settings.SITE_URL = "http://127.0.0.1:8000"
    client.post(HERE, fields(comment, where=where.format(comment.pk)))
    assert Report.objects.get().comment == comment


@pytest.mark.parametrize(
    "where",
    [
        "",
        "here",
        "https://elsewhere.example/comments/{}/",
        "http://[/comments/{}/",
        "99{}",
        "9" * 40,
        "٣",
        "-{}",
        "{}\0",
    ],
)
def test_where_nothing_is(client: Client, comment: Comment, where: str) -> None:
    sent = fields(comment, where=where.format(comment.pk))
    response = client.post(HERE, sent)
    assert response.status_code == UNPROCESSABLE
    assert "It says that I steal" in response.content.decode()
    assert not Report.objects.exists()


def test_what_was_never_public_looks_like_what_never_was(
    client: Client, comment: Comment
) -> None:
    held = build.held(body="Waiting words.").comment
    pages = []
    for number in (held.pk, 10**9):
        response = client.post(HERE, fields(comment, where=str(number)))
        assert response.status_code == UNPROCESSABLE
        pages.append(response.content.decode().replace(f'value="{number}"', ""))
        assert "We found no public comment there" in pages[-1]
    # Both say the same, but for the number that was sent and the form's token.
    said = [html.split("csrfmiddlewaretoken")[1].split(">", 1)[1] for html in pages]
    assert said[0] == said[1]


def test_a_removed_comment_is_not_shown(client: Client, comment: Comment) -> None:
    remove_comment(comment, moderator=cast.mia(), reason=build.reason())
    client.get(f"{HERE}?comment={comment.pk}")
    response = client.post(HERE, fields(comment), follow=True)
    assert "A thought worth having" not in response.content.decode()
    assert Report.objects.get().outcome == "acted"


@pytest.mark.parametrize("missing", ["where", "note", "name", "email", "good_faith"])
def test_each_part_is_needed(client: Client, comment: Comment, missing: str) -> None:
    response = client.post(HERE, fields(comment, **{missing: ""}))
    assert response.status_code == UNPROCESSABLE
    html = response.content.decode()
    assert 'class="field-error"' in html
    assert ("Lex Smith" in html) == (missing != "name")


@pytest.mark.parametrize(
    "hostile",
    [
        {"email": "a@example.org\r\nBcc: b@example.org"},
        {"name": "x" * 121},
        {"note": "x" * 5001},
        {"note": "a\0b"},
    ],
)
def test_hostile_fields(
    client: Client, comment: Comment, hostile: dict[str, str]
) -> None:
    response = client.post(HERE, fields(comment, **hostile))
    assert response.status_code == UNPROCESSABLE
    assert not Report.objects.exists()


def test_lines_in_a_name_become_spaces(client: Client, comment: Comment) -> None:
    client.post(HERE, fields(comment, name="Lex\r\nBcc: x"))
    assert Report.objects.get().name == "Lex Bcc: x"


def test_a_robot_is_thanked_and_forgotten(client: Client, comment: Comment) -> None:
    response = client.post(HERE, fields(comment, website="https://spam.example"))
    assert response.headers["Location"] == THANKS
    assert not Report.objects.exists()


# --- Limits -----------------------------------------------------------------


def file_many(number: int, comment: Comment, email: str) -> None:
    Report.objects.bulk_create(
        Report(
            source=Report.Source.NOTICE,
            comment=comment,
            revision=build.text_of(comment),
            email=email,
        )
        for _ in range(number)
    )


def test_one_address_files_a_few_an_hour(client: Client, comment: Comment) -> None:
    file_many(MOST_NOTICES_OF_ONE, comment, "law@example.org")
    response = client.post(HERE, fields(comment))
    assert response.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert 3590 <= int(response.headers["Retry-After"]) <= 3600
    html = response.content.decode()
    assert "Please send it again in 60 minutes." in html
    assert "It says that I steal" in html
    sent = fields(comment, email="other@example.org")
    assert client.post(HERE, sent).status_code == HTTPStatus.FOUND


def test_an_hour_later_it_may_again(client: Client, comment: Comment) -> None:
    file_many(MOST_NOTICES_OF_ONE, comment, "law@example.org")
    Report.objects.update(created_at=timezone.now() - timedelta(hours=1))
    assert client.post(HERE, fields(comment)).status_code == HTTPStatus.FOUND


def test_all_together_file_so_many(client: Client, comment: Comment) -> None:
    file_many(100, comment, "many@example.org")
    response = client.post(HERE, fields(comment))
    assert response.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert response.headers["Retry-After"]


def test_the_footer_leads_here(client: Client) -> None:
    assert f'href="{HERE}"' in client.get("/").content.decode()


def test_a_notice_costs_a_fixed_number_of_queries(
    client: Client, comment: Comment, django_assert_num_queries: Any
) -> None:
    build.noticed(comment)
    for number in range(4):
        with django_assert_num_queries(13):
            client.post(HERE, fields(comment, email=f"n{number}@example.org"))
