"""Gives the groups of a site that exists the permissions that are new to the code.

Groups are filled once, when they are made (see `setup`), so that what an operator
takes out stays out. A fresh site has no groups yet, and gets them whole.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

NEW = {
    "moderators": [
        "impose_sanction",
        "view_report",
        "view_appeal",
        "view_sanction",
        "view_ruleversion",
        "view_screeningchange",
    ]
}


def grant(apps, schema_editor):
    using = schema_editor.connection.alias
    groups = apps.get_model("auth", "Group").objects.using(using)
    if not groups.filter(name__in=NEW).exists():
        return
    _make_permissions(apps, using)
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    for name, codenames in NEW.items():
        for group in groups.filter(name=name):
            new = permissions.filter(
                content_type__app_label="comments", codename__in=codenames
            )
            group.permissions.add(*new)


def _make_permissions(apps, using):
    """They are made after all migrations; too late for this one."""
    config = apps.get_app_config("comments")
    config.models_module = True
    create_permissions(config, apps=apps, using=using, verbosity=0)
    config.models_module = None


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0003_versions_and_dates"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
