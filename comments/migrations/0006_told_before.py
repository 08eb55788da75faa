"""What was public before is no news: nobody is told of it now."""

from django.db import migrations
from django.db.models import F


def mark(apps, schema_editor):
    comments = apps.get_model("comments", "Comment").objects
    public = comments.filter(published_at__isnull=False)
    public.update(announced_at=F("published_at"))


class Migration(migrations.Migration):
    dependencies = [("comments", "0005_reading_and_writing")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
