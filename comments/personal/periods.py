"""For how long the discussion keeps what."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from comments.actions import departing
from comments.models import Digest, Notification, Report, Visit
from comments.models.notification import NOTICES_KEPT_FOR
from ethicsforum.accounts.privacy.registry import Rows, change_some
from ethicsforum.accounts.privacy.retention import Retention, declare_retention

HALF_A_YEAR = timedelta(days=183)
A_YEAR = timedelta(days=365)


def _settled_reports(moment: datetime) -> Rows:
    """Answered by then, and somebody's words are still in them."""
    rows = Report.objects.filter(decided_at__lt=moment)
    return rows.exclude(name="", email="", note="").order_by("pk")


def _forget_reporter(rows: Rows) -> int:
    return change_some(rows, name="", email="", note="")


def _old_notices(moment: datetime) -> Rows:
    return Notification.objects.filter(created_at__lt=moment).order_by("pk")


def _old_digests(moment: datetime) -> Rows:
    """Those that no notice points to any more: it would be gathered anew."""
    rows = Digest.objects.filter(created_at__lt=moment, notification__isnull=True)
    return rows.order_by("pk")


def _old_visits(moment: datetime) -> Rows:
    return Visit.objects.filter(seen_at__lt=moment).order_by("pk")


def _texts_of_former(moment: datetime) -> Rows:
    return departing.unpublished_of_former()


declare_retention(
    Retention(
        "reports",
        _("Reports and notices: name, address and words of whoever reported"),
        HALF_A_YEAR,
        _("after they were answered"),
        _("As long as the decision about them can be contested."),
        _settled_reports,
        _forget_reporter,
    ),
    Retention(
        "notices",
        _("Notices to members, and whether they were mailed"),
        NOTICES_KEPT_FOR,
        _("after they were written"),
        _("So that you can look up what you were told."),
        _old_notices,
    ),
    Retention(
        "digests",
        _("Mails that gathered notices"),
        NOTICES_KEPT_FOR,
        _("after they were made, with the notices in them"),
        _("So that nothing is mailed twice."),
        _old_digests,
    ),
    Retention(
        "visits",
        _("When a member last looked at a discussion"),
        A_YEAR,
        _("after that visit"),
        _("So that what is new can be marked."),
        _old_visits,
    ),
    Retention(
        "texts",
        _("Texts of former members that are not public"),
        timedelta(),
        _("once nobody has to decide about them"),
        _("So that nothing is left of them that nobody is to read."),
        _texts_of_former,
        departing.erase_texts,
    ),
)
