"""What moderators and editors keep in the admin: words, rules, thresholds."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from comments.actions.rulemaking import (
    StaleVersion,
    save_rule,
    save_thresholds,
    save_word,
)
from comments.admin import rules
from comments.models import Rule, ScreeningChange, ScreeningPolicy, WatchedWord
from ethicsforum.accounts.models import User
from tests import build, cast
from tests.comments.admin.filled import as_sent, filled, text

pytestmark = pytest.mark.django_db
ADD_WORD = "/admin/comments/watchedword/add/"
THRESHOLDS = "/admin/comments/screeningpolicy/1/change/"
FOUND, OK, FORBIDDEN = HTTPStatus.FOUND, HTTPStatus.OK, HTTPStatus.FORBIDDEN


def address_of(row: Rule | WatchedWord) -> str:
    return f"/admin/comments/{row._meta.model_name}/{row.pk}/change/"


def changed(rule: Rule, editor: User, **fields: Any) -> None:
    fresh = build.rule(rule.code)
    for name, value in fields.items():
        setattr(fresh, name, value)
    save_rule(fresh, editor=editor)


def test_moderators_keep_the_watched_words(client: Client, mia: User) -> None:
    client.force_login(mia)
    sent = filled(client, ADD_WORD)
    assert client.post(ADD_WORD, {**sent, "phrase": "free money*"}).status_code == FOUND
    word = WatchedWord.objects.get()
    sent = filled(client, address_of(word))
    client.post(address_of(word), {**sent, "note": "Often spam."})
    client.post(f"/admin/comments/watchedword/{word.pk}/delete/", {"post": "yes"})
    kept = ScreeningChange.objects.order_by("number")
    said = [(row.before, row.after) for row in kept]
    first = {"id": word.pk, "phrase": "free money*", "rule": "", "note": ""}
    second = {**first, "note": "Often spam."}
    assert said == [(None, first), (first, second), (second, None)]
    assert {row.changed_by for row in kept} == {mia}


def test_words_that_are_deleted_together_are_each_kept(
    client: Client, mia: User
) -> None:
    words = [WatchedWord(phrase=f"word {n}") for n in range(3)]
    for word in words:
        save_word(word, editor=mia)
    client.force_login(mia)
    fields = {"action": "delete_selected", "post": "yes"}
    chosen = {"_selected_action": [word.pk for word in words]}
    client.post("/admin/comments/watchedword/", {**fields, **chosen})
    assert not WatchedWord.objects.exists()
    assert ScreeningChange.objects.filter(after__isnull=True).count() == 3


@pytest.mark.parametrize("phrase", ["*", " ", "a", "a*b c", "!!", "a\x00b"])
def test_a_phrase_that_would_hold_everything_is_refused(
    client: Client, mia: User, phrase: str
) -> None:
    client.force_login(mia)
    sent = filled(client, ADD_WORD)
    response = client.post(ADD_WORD, {**sent, "phrase": phrase})
    assert response.status_code == OK
    assert not WatchedWord.objects.exists()


def test_editors_change_a_rule_but_not_its_code(client: Client, eda: User) -> None:
    rule = build.rule("question")
    client.force_login(eda)
    sent = filled(client, address_of(rule))
    client.post(address_of(rule), {**sent, "code": "x", "title": "Stay here"})
    rule.refresh_from_db()
    assert (rule.code, rule.title, rule.version) == ("question", "Stay here", 2)
    assert rule.versions.get(number=2).changed_by == eda


def test_a_rule_saved_as_it_is_stays_the_version_it_was(
    client: Client, eda: User
) -> None:
    """Browsers send line ends in their own way."""
    rule = build.rule("question")
    changed(rule, eda, text="One line.\nAnother.")
    client.force_login(eda)
    sent = filled(client, address_of(rule))
    sent = {name: str(value).replace("\n", "\r\n") for name, value in sent.items()}
    assert client.post(address_of(rule), sent).status_code == FOUND
    assert build.rule("question").version == 2


def test_a_rule_is_retired_and_comes_back(client: Client, eda: User) -> None:
    rule = build.rule("question")
    client.force_login(eda)
    sent = filled(client, address_of(rule))
    client.post(address_of(rule), {**sent, "retired": "on"})
    retired = build.rule("question")
    assert retired.retired_at is not None
    sent = filled(client, address_of(rule))
    assert sent.pop("retired") is True
    client.post(address_of(rule), sent)
    assert build.rule("question").retired_at is None
    forces = build.rule("question").versions.order_by("number")
    assert list(forces.values_list("in_force", flat=True)) == [True, False, True]


def test_a_new_rule_has_a_first_version(client: Client, eda: User) -> None:
    client.force_login(eda)
    address = "/admin/comments/rule/add/"
    fields = {"code": "new", "title": "N", "text": "T", "template": "E"}
    client.post(address, {**filled(client, address), **fields})
    assert Rule.objects.get(code="new").versions.get().changed_by == eda


def test_the_place_in_the_list_is_no_version(client: Client, eda: User) -> None:
    client.force_login(eda)
    address = "/admin/comments/rule/"
    rules_shown = list(Rule.objects.all())
    fields = {"form-TOTAL_FORMS": len(rules_shown), "form-INITIAL_FORMS": 8, "_save": 1}
    for place, rule in enumerate(rules_shown):
        fields |= {f"form-{place}-id": rule.pk, f"form-{place}-position": 50 - place}
    assert client.post(address, fields).status_code == FOUND
    assert Rule.objects.get(pk=rules_shown[0].pk).position == 50
    assert {rule.version for rule in Rule.objects.all()} == {1}


def test_a_form_that_a_colleague_was_quicker_with_comes_back(
    client: Client, eda: User
) -> None:
    """Their changes come in, what was typed stays, and the next save is sound."""
    rule = build.rule("question")
    client.force_login(eda)
    sent = {**filled(client, address_of(rule)), "title": "Mine", "text": "My words."}
    changed(rule, cast.root(), title="Theirs", template="Their template.")
    response = client.post(address_of(rule), sent)
    assert response.status_code == OK
    assert "A colleague has saved a newer version" in text(response)
    assert "In the newer version: Theirs" in text(response)
    again = as_sent(response)
    assert (again["title"], again["text"]) == ("Mine", "My words.")
    assert (again["template"], again["seen"]) == ("Their template.", 2)
    assert build.rule("question").title == "Theirs"
    assert client.post(address_of(rule), again).status_code == FOUND
    rule = build.rule("question")
    assert (rule.title, rule.text, rule.version) == ("Mine", "My words.", 3)
    assert rule.template == "Their template."
    assert rule.repeat_is_certain is False


def test_a_colleague_in_the_last_moment_is_found_too(
    client: Client, eda: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the form's check and the save: what was done is undone and done again."""
    rule = build.rule("question")
    client.force_login(eda)
    sent = {**filled(client, address_of(rule)), "title": "Mine"}
    tries = []

    def save(row: Rule, *, editor: User) -> None:
        tries.append(row.title)
        if len(tries) == 1:
            raise StaleVersion
        save_rule(row, editor=editor)

    monkeypatch.setattr(rules, "save_rule", save)
    assert client.post(address_of(rule), sent).status_code == FOUND
    assert tries == ["Mine", "Mine"]
    assert build.rule("question").version == 2


def test_the_thresholds_are_one_row_with_a_version(client: Client, eda: User) -> None:
    client.force_login(eda)
    response = client.get("/admin/comments/screeningpolicy/")
    address = response.headers["Location"]
    before = ScreeningPolicy.current()
    client.post(address, {**filled(client, address), "max_links": 7})
    after = ScreeningPolicy.current()
    assert (after.max_links, after.version) == (7, before.version + 1)
    assert ScreeningChange.objects.get().changed_by == eda


def test_a_word_in_between_does_not_disturb_the_thresholds(
    client: Client, eda: User, mia: User
) -> None:
    client.force_login(eda)
    sent = {**filled(client, THRESHOLDS), "max_links": 7}
    save_word(WatchedWord(phrase="meanwhile"), editor=mia)
    assert client.post(THRESHOLDS, sent).status_code == FOUND
    assert ScreeningPolicy.current().max_links == 7


def test_thresholds_that_a_colleague_changed_come_back(
    client: Client, eda: User
) -> None:
    client.force_login(eda)
    sent = {**filled(client, THRESHOLDS), "max_links": 7}
    policy = ScreeningPolicy.current()
    policy.repeat_hours = 5
    save_thresholds(policy, editor=cast.root())
    response = client.post(THRESHOLDS, sent)
    again = as_sent(response)
    assert (str(again["max_links"]), again["repeat_hours"]) == ("7", 5)
    assert ScreeningPolicy.current().max_links == 2
    client.post(THRESHOLDS, again)
    now = ScreeningPolicy.current()
    assert (now.max_links, now.repeat_hours) == (7, 5)


def test_a_word_that_a_colleague_changed_comes_back(client: Client, mia: User) -> None:
    word = WatchedWord(phrase="once")
    save_word(word, editor=mia)
    client.force_login(mia)
    sent = {**filled(client, address_of(word)), "phrase": "twice"}
    word.note = "Theirs."
    save_word(word, editor=cast.max_())
    again = as_sent(client.post(address_of(word), sent))
    assert (again["phrase"], again["note"]) == ("twice", "Theirs.")
    assert client.post(address_of(word), again).status_code == FOUND
    assert WatchedWord.objects.get().phrase == "twice"


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_a_form_without_a_version_saves_nothing(
    client: Client, eda: User, version: str
) -> None:
    client.force_login(eda)
    sent = {**filled(client, THRESHOLDS), "max_links": 7, "seen": version}
    assert client.post(THRESHOLDS, sent).status_code == OK
    assert ScreeningPolicy.current().max_links == 2


def test_who_may_look_may_not_save(client: Client, mia: User) -> None:
    rule = build.rule("question")
    client.force_login(mia)
    for address in (address_of(rule), THRESHOLDS):
        response = client.get(address)
        assert response.status_code == OK
        assert "_save" not in text(response)
        assert "_try" not in text(response)
        assert client.post(address, {"title": "x"}).status_code == FORBIDDEN


def test_a_rule_is_never_deleted(client: Client) -> None:
    client.force_login(cast.root())
    rule = build.rule("question")
    response = client.post(f"/admin/comments/rule/{rule.pk}/delete/", {"post": "yes"})
    assert response.status_code == FORBIDDEN
    assert Rule.objects.filter(pk=rule.pk).exists()


def test_a_look_alike_name_is_refused_in_the_admin_too(client: Client) -> None:
    cast.member("Ann")
    client.force_login(cast.root())
    fields = {
        "email": "other@example.org",
        "username": "An-n",
        "usable_password": "true",
        "password1": cast.PASSWORD,
        "password2": cast.PASSWORD,
    }
    response = client.post("/admin/accounts/user/add/", fields)
    assert response.status_code == OK
    assert "Somebody already has this name" in text(response)


def test_nobody_deletes_themselves_in_the_admin(client: Client) -> None:
    root = cast.root()
    client.force_login(root)
    response = client.post(f"/admin/accounts/user/{root.pk}/delete/", {"post": "yes"})
    assert response.status_code == FORBIDDEN
