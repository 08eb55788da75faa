from typing import Any, NoReturn, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.comment import Comment
from comments.models.revision import Revision
from comments.models.rule import Rule
from comments.states import (
    ABOUT_ACCOUNTS,
    ACCOUNT_MEASURES,
    REFUSED,
    DeciderKind,
    Measure,
    State,
)


class DecisionIsFinal(Exception):
    """A decision is never changed or deleted; a later one may reverse it."""


class DecisionQuerySet(models.QuerySet["Decision"]):
    def public(self) -> Self:
        """For the log: all but what authors did to their own comments."""
        return self.exclude(decider_kind=DeciderKind.AUTHOR)

    def interventions(self) -> Self:
        """What a human did, and what the machine refused or hid."""
        machine_passed = Q(
            decider_kind=DeciderKind.MACHINE,
            from_state=State.SCREENING,
            to_state__in=[State.PUBLISHED, State.HELD],
        )
        return self.public().exclude(machine_passed)

    def refusals(self) -> Self:
        """What a person must be given a reason for, and may appeal."""
        against = Q(to_state__in=REFUSED) | Q(measure__in=ACCOUNT_MEASURES)
        return self.filter(against, is_undo=False)

    def moves(self) -> Self:
        return self.filter(measure="")

    def standing(self) -> Self:
        """Neither undone within the time for that, nor an undo."""
        return self.filter(is_undo=False).exclude(answers__is_undo=True)

    def with_earlier(self) -> Self:
        """And what they answer, as far as `is_about_account` looks back."""
        return self.select_related("about__about")

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")

    def owned_by(self, user: Any) -> Self:
        return self.filter(comment__author=user)

    def reversing(self, earlier: "Decision") -> Self:
        """What took an earlier decision back: an undo, a lift, a later publication."""
        undo = Q(about=earlier, is_undo=True)
        if earlier.measure:
            return self.filter(undo | Q(lifts__decision=earlier))
        up_again = Q(revision=earlier.revision_id, to_state=State.PUBLISHED)
        return self.filter(undo | up_again & Q(number__gt=earlier.number))

    def overturned(self) -> Self:
        """What an appeal reversed; it counts against whoever decided."""
        return self.filter(appeal__outcome="overturned")

    def with_appeal_outcome(self) -> Self:
        """Adds `appeal_outcome`: empty, open, upheld or overturned."""
        is_open = When(appeal__ruling__isnull=True, then=Value("open"))
        lodged = When(
            appeal__isnull=False, then=Case(is_open, default="appeal__outcome")
        )
        outcome = Case(lodged, default=Value(""), output_field=models.CharField())
        return self.annotate(appeal_outcome=outcome)


class Decision(models.Model):
    """Who moved which text from where to where, under which rule, and why.

    Or, with a `measure`, what was decided on the occasion of a text without moving
    it: about an appeal, about reports, about its author's account.

    Append-only: the database refuses UPDATE and DELETE (see `guard`).
    """

    comment = models.ForeignKey(
        Comment, on_delete=models.PROTECT, related_name="decisions"
    )
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="decisions"
    )
    number = models.PositiveIntegerField(help_text=_("Counts within the comment."))
    from_state = models.CharField(
        _("from"), max_length=10, choices=State.choices, blank=True
    )
    to_state = models.CharField(
        _("to"), max_length=10, choices=State.choices, blank=True
    )
    measure = models.CharField(
        _("measure"), max_length=10, choices=Measure.choices, blank=True, default=""
    )
    until = models.DateTimeField(_("until"), null=True, blank=True)
    about = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name=_("about the decision"),
    )
    is_undo = models.BooleanField(_("undoes it"), default=False)
    decider_kind = models.CharField(
        _("decided by"), max_length=10, choices=DeciderKind.choices
    )
    decider = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("person"),
    )
    rule = models.ForeignKey(
        Rule, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("rule")
    )
    rule_version = models.PositiveIntegerField(_("version of the rule"), null=True)
    policy_version = models.PositiveIntegerField(
        _("version of words and thresholds"), null=True
    )
    explanation = models.TextField(_("explanation"), blank=True)
    findings = models.JSONField(_("what the machine saw"), default=list, blank=True)
    created_at = models.DateTimeField(_("when"), default=timezone.now)

    appeal_outcome: str
    """Of rows that `with_appeal_outcome` has fetched."""

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "number"], name="decision_number_once"
            ),
            models.CheckConstraint(
                condition=(
                    Q(measure="", from_state__in=State.values)
                    & Q(to_state__in=State.values)
                    & ~Q(from_state=models.F("to_state"))
                )
                | Q(measure__in=Measure.values, from_state="", to_state=""),
                name="decision_moves_or_measures",
            ),
            models.CheckConstraint(
                condition=Q(decider_kind="machine", decider__isnull=True)
                | Q(decider_kind="moderator", decider__isnull=False)
                | Q(decider_kind="author"),
                name="decision_has_decider",
            ),
            models.CheckConstraint(
                condition=~(
                    Q(to_state__in=["rejected", "removed"])
                    | Q(measure__in=["warn", "limit", "suspend"])
                )
                | (Q(rule__isnull=False) & ~Q(explanation="")),
                name="decision_refusal_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(measure__in=["limit", "suspend"]) | Q(until__isnull=False),
                name="decision_ends",
            ),
            models.UniqueConstraint(
                fields=["about"], condition=Q(is_undo=True), name="decision_undone_once"
            ),
        ]
        # The log is read by time; by rule and by outcome too.
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="decision_newest"),
            models.Index(
                fields=["rule", "-created_at", "-id"], name="decision_of_rule"
            ),
            models.Index(
                fields=["to_state", "measure", "-created_at", "-id"],
                name="decision_of_outcome",
            ),
        ]

    def __str__(self) -> str:
        if self.measure:
            return str(self.get_measure_display())
        return f"{self.get_from_state_display()} → {self.get_to_state_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise DecisionIsFinal
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("comments:decision", args=[self.pk])

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise DecisionIsFinal

    @property
    def outcome(self) -> str:
        """One word, as the log's filter and `data-outcome` use it."""
        return self.measure or self.to_state

    @property
    def outcome_label(self) -> str:
        shown = self.get_measure_display() or self.get_to_state_display()
        return str(shown)

    @property
    def is_refusal(self) -> bool:
        against = self.to_state in REFUSED or self.measure in ACCOUNT_MEASURES
        return against and not self.is_undo

    @property
    def is_about_account(self) -> bool:
        """Whether a member is its subject: nothing public may lead to the comment
        that occasioned it, and so to its author."""
        if self.measure in ABOUT_ACCOUNTS:
            return True
        return self.about is not None and self.about.is_about_account

    @property
    def by_machine(self) -> bool:
        return self.decider_kind == DeciderKind.MACHINE
