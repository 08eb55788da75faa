"""The settings of the discussion and its moderation; the site's are in `settings`."""

from ethicsforum import env

# --- Screening ------------------------------------------------------------

CLASSIFIER_URL = env.web_address(
    "CLASSIFIER_URL",
    "",
    "an external classifier that is asked about each comment",
    shown="off",
)
CLASSIFIER_TIMEOUT = env.number(
    "CLASSIFIER_TIMEOUT", 3, "seconds to wait for its answer", low=1, high=15
)

OLDEST_WAITING = "comments.models.oldest_waiting_seconds"

# --- Moderation -----------------------------------------------------------

UNDO_SECONDS = env.number(
    "UNDO_SECONDS",
    15,
    "how long a decision's mail waits, so that its moderator can undo it",
    high=30,
)
CLAIM_MINUTES = env.number(
    "CLAIM_MINUTES",
    10,
    "how long a moderator's claim on an item lasts unless it is renewed",
    low=1,
    high=240,
)
APPEAL_DAYS = env.number(
    "APPEAL_DAYS", 7, "days within which an appeal should be answered", low=1, high=90
)
REPORT_THRESHOLD = env.number(
    "REPORT_THRESHOLD",
    300,
    "weight of reports, in hundredths, that hides a text until a human decides; "
    "0: never",
    high=10_000,
)
CALIBRATION_PERCENT = env.number(
    "CALIBRATION_PERCENT",
    2,
    "share of decided items that come back, unmarked, to a second moderator",
    high=50,
)

# --- Reading and writing -------------------------------------------------

EDIT_WINDOW_MINUTES = env.number(
    "EDIT_WINDOW_MINUTES",
    30,
    "how long after it came out an edit of a comment leaves no public trace",
    high=1440,
)
VOTES_SHOWN_AFTER_MINUTES = env.number(
    "VOTES_SHOWN_AFTER_MINUTES",
    60,
    "how long after it came out the votes on a comment are shown to those only who "
    "have voted",
    high=10_080,
)
DIGEST_HOUR = env.number(
    "DIGEST_HOUR", 6, "the hour, in the site's time zone, at which digests go", high=23
)
