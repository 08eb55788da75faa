"""What other words, thresholds or rules would have done with the last 30 days."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from comments.actions.screening import watched_words
from comments.dry_run import past as gathering
from comments.dry_run.trial import Trial, Tried
from comments.models import Rule, ScreeningPolicy, WatchedWord
from comments.screening.facts import Watched
from comments.screening.replay import Archive, Past, Settings, replay
from comments.screening.text import watched_phrases
from ethicsforum.markup import links

DAYS = 30

Matters = Callable[[Past, Archive], bool]


def try_thresholds(policy: ScreeningPolicy) -> Trial:
    today = _today()
    return _try(today, replace(today, limits=policy.thresholds()))


def try_word(word: WatchedWord) -> Trial:
    """Only texts with the word, as it stands now or as it is tried, are looked at."""
    today = _today()
    stored = WatchedWord.objects.filter(pk=word.pk).first()
    old = stored.phrase if stored else ""
    others = tuple(w for w in today.words if w.phrase != old)
    tried = Watched(word.phrase, word.rule.code if word.rule else None, word.note)
    phrases = tuple(dict.fromkeys(filter(None, [old, word.phrase])))

    def has_it(past: Past, archive: Archive) -> bool:
        return bool(watched_phrases(past.text, phrases))

    return _try(today, replace(today, words=(*others, tried)), has_it)


def try_rule(rule: Rule) -> Trial:
    """Only repeats of what was refused under the rule are looked at."""
    today = _today()
    rules = {
        code: certain for code, certain in today.rules.items() if code != rule.code
    }
    if rule.retired_at is None:
        rules[rule.code] = rule.repeat_is_certain

    def repeats(past: Past, archive: Archive) -> bool:
        return archive.refused_under(past, [rule.code]) is not None

    return _try(today, replace(today, rules=rules), repeats)


def _today() -> Settings:
    in_force = Rule.objects.in_force().values_list("code", "repeat_is_certain")
    limits = ScreeningPolicy.current().thresholds()
    return Settings(limits, watched_words(), dict(in_force))


def _try(
    today: Settings, tried: Settings, matters: Matters = lambda past, archive: True
) -> Trial:
    since = timezone.now() - timedelta(days=DAYS)
    rows = gathering.screened_since(since)
    texts = [gathering.text_of(row) for row in rows.iterator()]
    archive = gathering.archive_of(rows, since, today, tried)
    results = []
    for text in texts:
        if matters(text.past, archive):
            past = replace(text.past, links=tuple(links(text.past.text)))
            verdicts = (replay(past, archive, s) for s in (today, tried))
            results.append(Tried(text, *verdicts))
    return Trial(results, capped=len(texts) == gathering.MOST_TEXTS)
