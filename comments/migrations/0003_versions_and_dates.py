"""Gives what was there before: a first version of each rule, and dates."""

from django.db import migrations
from django.db.models import F, Q


def fill(apps, schema_editor):
    Rule = apps.get_model("comments", "Rule")
    RuleVersion = apps.get_model("comments", "RuleVersion")
    Revision = apps.get_model("comments", "Revision")
    QueueItem = apps.get_model("comments", "QueueItem")
    for rule in Rule.objects.all():
        RuleVersion.objects.create(
            rule=rule,
            number=rule.version,
            title=rule.title,
            text=rule.text,
            template=rule.template,
            repeat_is_certain=rule.repeat_is_certain,
            in_force=rule.retired_at is None,
        )
    once_public = Q(state__in=["published", "removed"]) | Q(
        pk__in=apps.get_model("comments", "Comment")
        .objects.filter(accepted_revision__isnull=False)
        .values("accepted_revision")
    )
    Revision.objects.filter(once_public).update(accepted_at=F("created_at"))
    QueueItem.objects.update(due_at=F("opened_at"))


class Migration(migrations.Migration):
    dependencies = [("comments", "0002_desk_and_accountability")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
