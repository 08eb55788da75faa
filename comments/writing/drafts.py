"""What somebody wrote while their sign-in had run out is kept until they are back."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_protect

from articles.models import Article
from comments.rendering import MOST_CHARACTERS

KEY = "draft"
MOST_KEPT = {"body": 2 * MOST_CHARACTERS, "parent": 20, "steelman": 2_000}
"""Characters of each field of the form."""


def to_sign_in(request: HttpRequest, article: Article) -> HttpResponse:
    """To the sign-in page, and from there back to the article's form."""
    back = f"{article.get_absolute_url()}#comment-form"
    kept = _keep(request, article, back)
    # Without a valid token nothing may be stored, but the way is the same.
    return kept if kept.status_code == 302 else redirect_to_login(back)


def take_draft(request: HttpRequest, article: Article) -> dict[str, Any]:
    """The kept text, once, as initial values of the form."""
    draft = request.session.get(KEY)
    if not draft or draft.get("article") != article.pk:
        return {}
    del request.session[KEY]
    return {name: draft.get(name, "") for name in MOST_KEPT}


@csrf_protect
def _keep(request: HttpRequest, article: Article, back: str) -> HttpResponse:
    request.session[KEY] = {
        "article": article.pk,
        **{name: request.POST.get(name, "")[:n] for name, n in MOST_KEPT.items()},
    }
    return redirect_to_login(back)
