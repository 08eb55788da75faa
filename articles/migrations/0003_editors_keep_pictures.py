"""Lets the editors of a site that exists upload pictures; a fresh one gets its groups
whole, after all migrations (see `comments.setup`)."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

NEW = ["view_picture", "add_picture", "change_picture"]


def grant(apps, schema_editor):
    using = schema_editor.connection.alias
    groups = apps.get_model("auth", "Group").objects.using(using)
    editors = groups.filter(name="editors").first()
    if editors is None:
        return
    config = apps.get_app_config("articles")
    config.models_module = True
    create_permissions(config, apps=apps, using=using, verbosity=0)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    new = permissions.filter(content_type__app_label="articles", codename__in=NEW)
    editors.permissions.add(*new)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0002_pictures"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
