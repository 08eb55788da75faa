"""The tabs above the desk's list: one per queue, with how many stand in it."""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest
from django.utils.functional import cached_property

from comments.admin.desk.access import may_decide
from comments.admin.filters import QUEUES, queue_asked
from comments.queues import COUNTED, KINDS, MOST_COUNTED, Queue, count_in

NARROWING = {"why", "escalated", "article"}


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

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.queue = queue_asked(request)
        self.moderator = request.user
        self.may_decide = may_decide(request)
        if not self.query:
            # Says 'n results (show all)' beside the search only after a search.
            self.full_result_count = self.result_count
        # A tab is a place, not a filter that one forgets to clear.
        self.has_active_filters = not NARROWING.isdisjoint(self.params)
        self.clear_all_filters_qs = self.get_query_string(remove=[*NARROWING])

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
