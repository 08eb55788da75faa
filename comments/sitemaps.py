"""What search engines may find beside articles: the rules, and what is told of how
they are kept. No member's page, and no entry of the log by itself."""

from datetime import datetime

from django.urls import reverse

from articles.sitemaps import ForumSitemap
from comments.models import Rule
from comments.report.periods import Period
from comments.report.records import periods_with_records


class Record(ForumSitemap):
    def items(self) -> list[str]:
        return ["rules", "log", "transparency_index", "notice"]

    def location(self, item: str) -> str:
        return reverse(f"comments:{item}")


class Rules(ForumSitemap):
    def items(self) -> list[Rule]:
        return list(Rule.objects.in_force().with_date())

    def location(self, item: Rule) -> str:
        return reverse("comments:rule", args=[item.code])

    def lastmod(self, item: Rule) -> datetime:
        return item.since


class Years(ForumSitemap):
    def items(self) -> list[Period]:
        return [year for year, _months in periods_with_records()]

    def location(self, item: Period) -> str:
        return reverse("comments:transparency", args=[item])


SITEMAPS = {"record": Record, "rules": Rules, "years": Years}
