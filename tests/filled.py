"""A forum with something of everything in it, for the tests that look at pages."""

from datetime import UTC, datetime

from django.utils import timezone

from articles.models import Topic
from comments.actions.appealing import ask_back
from comments.actions.calibrating import calibrate
from comments.actions.deciding import Decider, Reason, decide, decide_item
from comments.actions.following import follow, mute
from comments.actions.moderating import restore_comment
from comments.actions.posting import edit_comment, withdraw_comment
from comments.actions.sanctioning import lift
from comments.actions.sealing import seal
from comments.actions.voting import Axis, Choice, vote
from comments.mailing.tokens import token_for
from comments.models import Comment, Decision, Delivery, Digest, Notification
from comments.states import Measure, State
from ethicsforum.accounts.privacy.actions.leaving import ask_deletion
from ethicsforum.accounts.privacy.models import Deletion
from ethicsforum.accounts.privacy.tokens import token_for as token_to_stay
from tests import build, cast, news

LONG_ARTICLE = """\
A hospital lets a model order its *waiting list*, and **says so**.

## What it weighs

> The list is public, its reasons are not.

1. Age & need
2. The [odds](https://example.org/odds?a=1&b=2)
   - of living
   - of living well

### In one line

`rank(patient)` and what it hides:

```python
if age < 18: first = True
```

---

## What it leaves out

Whoever asks why is told <nothing>. "Nothing" at all.

FILLING

## Who answers for it

Somebody has to.
""".replace("FILLING", "It is a matter of who is asked, and of who is not. " * 70)
LIVELY = """\
I *half* agree, **but**:

> The list is public.

- one `thing`
- [another](https://example.org/?a=1&b=2)

1. And a third

```
x < y & z
```

@Ann, what do you say?
"""
SANCTIONED = {
    Measure.WARN: "Warned",
    Measure.LIMIT: "Limited",
    Measure.SUSPEND: "Suspended",
}
A_WHILE_AGO = datetime(2026, 1, 1, tzinfo=UTC)
HOSTILE = '<script>alert("1")</script> & "quotes" > all </div></article>'


def fill() -> dict[str, int | str]:
    """Fills the database; answers with what the addresses of its pages need."""
    _articles()
    known = {**_of_ben(), **_of_others()}
    _a_long_thread()
    known |= _news()
    calibrate()
    seal()
    return known | _of_readers(known) | _who_leaves()


def _articles() -> None:
    topics = [
        Topic.objects.get_or_create(name=name, slug=slug)[0]
        for name, slug in (("Care & medicine", "care"), ("Machines", "machines"))
    ]
    Topic.objects.create(name="Nothing yet", slug="nothing-yet")
    for slug, body in (
        ("triage", LONG_ARTICLE),
        ("elsewhere", "Another piece."),
        ("empty", "Nobody wrote below this."),
        ("long", f"{LONG_ARTICLE}\n\n## *After* that\n\n{'One more word. ' * 300}"),
    ):
        made = build.article(
            slug,
            title=f'Who decides who "waits" & why? ({slug})',
            standfirst="A model orders the list; a person signs it.",
            byline="The editors",
            body=body,
        )
        made.topics.set(topics)
    closed = build.article("closed", discussion="closed", body="Said and done.")
    closed.topics.set(topics[:1])


def _of_ben() -> dict[str, int | str]:
    """A comment of his in each state, and what he was told of each."""
    ben = cast.ben()
    first = build.published(author=ben, body=LIVELY)
    build.edited(first, LIVELY + "\nSecond thoughts.")
    build.comment(author=ben, body="In screening.")
    held = build.held(author=ben, body=HOSTILE)
    rejected = build.rejected(author=ben, body="Rejected words.")
    restored = build.removed(author=ben, body="Removed for a while.")
    restore_comment(
        restored, moderator=cast.mia(), reason=Reason(explanation="No breach.")
    )
    removed = build.removed(author=ben, body="Removed words.")
    build.published(author=cast.cleo(), body="A reply to it.", parent=first)
    withdrawn = build.published(author=ben, body="Withdrawn words.")
    build.published(author=cast.cleo(), body="Below what goes.", parent=withdrawn)
    withdraw_comment(withdrawn)
    edit_comment(first, body="An edit that waits.")
    build.hidden(author=ben, body="Hidden words.")
    approved = build.held(author=ben, body="Read by a moderator.")
    by = Decider.moderator(cast.mia())
    decide_item(approved, version=approved.version, to=State.PUBLISHED, by=by)
    return {
        **_appeals(),
        "mine": first.pk,
        "held": held.comment_id,
        "rejected": rejected.pk,
        "removed": removed.pk,
        "decision": Decision.objects.get(comment=removed, to_state="removed").pk,
    }


def _appeals() -> dict[str, int | str]:
    """One that waits with a question, one that stands, one that was overturned."""
    ben, max_ = cast.ben(), cast.max_()
    known: dict[str, int | str] = {}
    for name, overturn in (("upheld", False), ("overturned", True)):
        decision = build.rejected(author=ben, body=f"Contested, {name}.")
        build.ruled(build.appealed(decision), by=max_, overturn=overturn)
        known[name] = decision.pk
    decision = build.rejected(author=ben, body="Contested and asked about.")
    item = build.appealed(decision)
    ask_back(item, moderator=max_, text="What did you mean?")
    return {**known, "appealed": decision.pk}


def _of_others() -> dict[str, int | str]:
    ann, cleo, mia = cast.ann(), cast.cleo(), cast.mia()
    theirs = build.published(author=cleo, body="Something to report.")
    build.reported(theirs, by=ann)
    kept = build.published(author=cleo, body="Reported and left up.")
    build.reported(kept, by=ann)
    build.leave_up(kept)
    gone = build.published(author=cleo, body="Reported and removed.")
    build.reported(gone, by=ann)
    build.noticed(gone)
    build.take_down(gone)
    back = build.hidden(author=cleo, body="Hidden and back.")
    build.leave_up(back)
    for measure, name in SANCTIONED.items():
        build.sanction(measure, author=cast.member(name))
    lifted = build.suspended(author=cast.member("Forgiven"))
    lift(lifted, moderator=mia, explanation="Enough.")
    return {"theirs": theirs.pk, "reported": kept.pk}


def _news() -> dict[str, int | str]:
    """Ben is answered, named, and follows the discussion; one answer went again."""
    ben, cleo = cast.ben(), cast.cleo()
    news.answered(ben, by=cleo, body=LIVELY)
    withdraw_comment(news.answered(ben, by=cleo, body="Said too soon."))
    news.announced(author=cleo, body=f"@Ben, see this: {HOSTILE}")
    news.follow(ben, article=build.article())
    news.announced(author=cleo, body=HOSTILE)
    digest = Digest.objects.create(
        recipient=ben, period=Delivery.DAILY, day=timezone.localdate()
    )
    Notification.objects.filter(delivery=Delivery.DAILY).update(digest=digest)
    return {"unsubscribe": token_for(ben.pk, "replies")}


def _of_readers(known: dict[str, int | str]) -> dict[str, int | str]:
    """What Ben valued, follows and mutes; and Otto, who only reads."""
    ben, ann, cleo = cast.ben(), cast.ann(), cast.cleo()
    theirs = Comment.objects.get(pk=known["theirs"])
    for axis, choice in ((Axis.VALUE, Choice.UP), (Axis.AGREE, Choice.DOWN)):
        vote(theirs, member=ben, axis=axis, choice=choice)
        vote(theirs, member=ann, axis=axis, choice=choice)
    # So that everybody sees the counts.
    Comment.objects.filter(pk=theirs.pk).update(published_at=A_WHILE_AGO)
    follow(build.article("triage"), member=ben)
    follow(cleo, member=ben)
    mute(ann, member=ben)
    mute(build.article("closed"), member=ben)
    return {"cleo": cleo.pk, "otto": cast.member("Otto").pk}


def _who_leaves() -> dict[str, int | str]:
    """The links in the mails to somebody who wants to leave, and to who has left."""
    cast.root()
    leaving = ask_deletion(cast.member("Vera"), comments=Deletion.Comments.KEEP)
    return {"keep": token_to_stay(leaving.pk), "kept": token_to_stay(0)}


def _a_long_thread() -> None:
    parent: Comment | None = None
    for number in range(9):
        author = (cast.ann(), cast.cleo())[number % 2]
        parent = build.published(
            author=author, body=f"Answer **{number}**.", parent=parent
        )
    root = build.published(author=cast.cleo(), body="With many answers.")
    for number in range(8):
        text = build.comment(author=cast.ann(), body=f"Leaf {number}.", parent=root)
        decide(build.text_of(text), to=State.PUBLISHED, by=Decider.machine())
    for number in range(22):
        build.published(author=cast.cleo(), body=f"A thought, number {number}.")
