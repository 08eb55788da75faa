"""The transparency report: the periods there are, one of them, and for machines."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comments.report import transparency
from comments.report.periods import SLUG, Period
from comments.report.records import periods_with_records, report_of
from comments.report.spreadsheet import csv_of
from comments.report.transparency import Report


class PeriodConverter:
    """In an address: `2026` or `2026-11`."""

    regex = SLUG

    def to_python(self, value: str) -> Period:
        return Period.parse(value)

    def to_url(self, value: Period) -> str:
        return value.slug


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    context = {"years": periods_with_records()}
    return render(request, "comments/transparency_index.html", context)


@require_safe
def page(request: HttpRequest, period: Period) -> HttpResponse:
    report = _report_or_404(period)
    context = {"period": period, "report": report, "is_over": period.is_over()}
    return render(request, "comments/transparency.html", context)


@require_safe
def as_csv(request: HttpRequest, period: Period) -> HttpResponse:
    rows = transparency.as_rows(_report_or_404(period))
    response = HttpResponse(csv_of(rows), content_type="text/csv; charset=utf-8")
    name = f"transparency-{period.slug}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def as_json(request: HttpRequest, period: Period) -> HttpResponse:
    return JsonResponse(transparency.as_json(_report_or_404(period)))


def _report_or_404(period: Period) -> Report:
    if period.is_future():
        raise Http404
    return report_of(period)
