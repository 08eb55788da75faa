"""`{% kept "name" this that %}…{% endkept %}`: a part of a page that is kept.

The name and what follows say all that it depends on, but for what makes everything
stale, and for the language and the site's own settings. Nothing within may be meant
for one reader alone, unless that reader is named. Where one of the words is missing
from the context nothing is kept.
"""

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from ethicsforum.page_cache.fragments import moment, recall, remember

register = template.Library()


class Kept(template.Node):
    def __init__(self, nodelist: NodeList, words: list[FilterExpression]) -> None:
        self.nodelist = nodelist
        self._words = words

    def render(self, context: template.Context) -> SafeString:
        words = [word.resolve(context, ignore_failures=True) for word in self._words]
        if None in words:
            return self.nodelist.render(context)
        name, began = (get_language(), *words), moment()
        html = recall(name)
        if html is None:
            html = self.nodelist.render(context)
            remember(name, html, size=2 * len(html) + 500, moment=began)
        found: SafeString = html
        return found


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    _tag, *words = token.split_contents()
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(nodelist, [parser.compile_filter(word) for word in words])
