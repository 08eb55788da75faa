"""The index that search looks in; still empty."""

from django.db import migrations, models
from django.db.models import F, Q

from comments import search


def install(apps, schema_editor):
    search.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0006_told_before"),
    ]
    operations = [
        migrations.AddConstraint(
            model_name="searchdocument",
            constraint=models.CheckConstraint(
                condition=Q(comment__isnull=False, id=F("comment"))
                | Q(comment__isnull=True, id=0 - F("article")),
                name="search_key_tells_kind",
            ),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
