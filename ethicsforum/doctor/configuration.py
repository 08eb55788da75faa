"""What Django's checks and ours say of the settings, those for a real site included."""

from django.conf import settings
from django.core import checks

from ethicsforum.doctor.finding import Finding, Findings

SEE = "see docs/configuration.md"


def examine() -> Findings:
    messages = checks.run_checks(include_deployment_checks=not settings.LOCAL)
    heard = [one for one in messages if one.level >= checks.WARNING]
    for message in heard:
        yield _finding(message)
    if not heard:
        kind = "in local mode" if settings.LOCAL else "for a real site"
        yield Finding.ok(f"No check has anything to say of the settings ({kind})")


def _finding(message: checks.CheckMessage) -> Finding:
    # Django's own say the cure in a second sentence.
    wrong, _, rest = " ".join(message.msg.split()).partition(". ")
    says = f"{wrong.rstrip('.')} ({message.id})"
    cure = " ".join((message.hint or rest or SEE).split()).rstrip(".")
    serious = message.is_serious() or not settings.LOCAL
    return Finding.broken(says, cure) if serious else Finding.warning(says, cure)
