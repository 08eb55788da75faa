"""What a member should know of their own data, above their other notices."""

from typing import Any

from django import template

from ethicsforum.accounts.privacy.models import Deletion, Export

register = template.Library()


@register.inclusion_tag("privacy/_news.html")
def own_data_news(member: Any) -> dict[str, Any]:
    """A file that can be fetched, an account that is to be deleted."""
    export = Export.objects.fetchable().filter(member=member.pk)
    deletion = Deletion.objects.filter(member=member.pk)
    return {"export": export.first(), "deletion": deletion.first()}
