from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ethicsforum.admin import RightsFirst
from ethicsforum.ids import as_id


class ReadOnly(RightsFirst):
    """Rows that are read in the admin and changed by actions alone."""

    def row_or_404(self, request: HttpRequest, object_id: str | int) -> Any:
        """The row for whoever may look at it; an id that is none is not found."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        pk = as_id(str(object_id)) or 0
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False
