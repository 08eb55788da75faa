"""`{% structured_data article page %}`: the article and its comments as JSON-LD."""

import json

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe

from articles.models import Article
from articles.structured import article_data
from comments.reading.pages import DiscussionPage
from comments.reading.structured import comment_data

register = template.Library()

# As Django's json_script: no sign is left that could end the element.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


@register.simple_tag
def structured_data(
    article: Article, page: DiscussionPage | None = None, count: int = 0
) -> SafeString:
    data = article_data(article)
    if page is not None:
        data["commentCount"] = count
        data["comment"] = comment_data(entry.comment for entry in page.entries)
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)
    script = f'<script type="application/ld+json">{text.translate(ESCAPES)}</script>'
    return mark_safe(script)  # noqa: S308  # every sign that could end it is escaped
