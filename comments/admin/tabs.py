"""The tabs above the desk's list: one per queue, with how many stand in it."""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.http import HttpRequest
from django.utils.functional import cached_property

from comments.admin.desk.access import may_decide
from comments.admin.filters import QUEUES, queue_asked
from comments.admin.paging import Page, page_among, page_of
from comments.models import QueueItem
from comments.queues import (
    COUNTED,
    KINDS,
    MOST_COUNTED,
    Place,
    Queue,
    count_in,
    in_queue,
)

LOOKED_FOR = {"why", "article"}
"""Filters without an index of their own."""
NARROWING = {*LOOKED_FOR, "escalated"}


@dataclass(frozen=True)
class Tab:
    queue: Queue
    label: str
    count: int | None
    is_current: bool

    @property
    def shown_count(self) -> str:
        if self.count is None:
            return ""
        return f"{MOST_COUNTED}+" if self.count > MOST_COUNTED else str(self.count)


class DeskList(ChangeList):
    """The change list, and what its templates ask for: they are given nothing else."""

    page: Page

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.queue = queue_asked(request)
        self.moderator = request.user
        super().__init__(request, *args, **kwargs)
        self.may_decide = may_decide(request)
        # A tab is a place, not a filter that one forgets to clear.
        self.has_active_filters = not NARROWING.isdisjoint(self.params)
        self.clear_all_filters_qs = self.get_query_string(remove=[*NARROWING])

    def get_results(self, request: HttpRequest) -> None:
        """Without Django's paginator, which counts all and skips what went before."""
        begin = Place.read(request.GET.get(PAGE_VAR, ""))
        where = self.queue, begin, self.list_per_page
        if self.query or not LOOKED_FOR.isdisjoint(self.params):
            self.page = page_among(self.queryset, self._line(), *where)
        else:
            self.page = page_of(self.queryset, *where)
        self.result_list = self.page.items
        self.result_count = self._count()
        # Says 'n results (show all)' beside the search only after a search.
        is_found = self.query and self.page.is_all
        self.full_result_count = None if is_found else self.result_count
        self.show_full_result_count = False
        self.multi_page, self.can_show_all = False, True
        # Django's script for actions looks for them wherever there are rows.
        self.show_admin_actions = bool(self.result_list)

    def _count(self) -> int:
        """All there are where that is known anyway, or else those on the page."""
        here = len(self.page.items)
        if self.page.is_all or self.query or not NARROWING.isdisjoint(self.params):
            return here
        counted = [tab.count for tab in self.tabs if tab.is_current]
        return min(counted[0] or here, MOST_COUNTED)

    def _line(self) -> Any:
        items = QueueItem.objects.for_moderator(self.moderator)
        return in_queue(items, self.queue, self.moderator)

    @property
    def next_page(self) -> str:
        following = self.page.following
        return self.get_query_string({PAGE_VAR: str(following)}) if following else ""

    @property
    def first_page(self) -> str:
        return "" if self.page.is_first else self.get_query_string()

    @property
    def is_taken_from(self) -> bool:
        """Whether 'the next 20' are handed out here."""
        return self.queue in KINDS or self.queue == Queue.MINE

    @cached_property
    def tabs(self) -> list[Tab]:
        return [self._tab(queue, str(label)) for queue, label in QUEUES.items()]

    def _tab(self, queue: Queue, label: str) -> Tab:
        count = count_in(queue, self.moderator) if queue in COUNTED else None
        return Tab(queue, label, count, queue == self.queue)
