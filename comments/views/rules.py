"""The house rules, as they read and as they read before."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from comments.models import Rule


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    in_force = Rule.objects.in_force().with_date()
    return render(request, "comments/rules.html", {"rules": in_force})


@require_safe
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """Also a rule that was retired: decisions name it."""
    found = get_object_or_404(Rule.objects.with_date(), code=code)
    versions = list(found.versions.order_by("-number"))
    # Beside each version the one before it, so that the page can tell what stayed.
    pairs = zip(versions, [*versions[1:], None], strict=True)
    context = {"rule": found, "pairs": list(pairs)}
    return render(request, "comments/rule.html", context)
