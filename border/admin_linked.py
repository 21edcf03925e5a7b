"""What the form of an event shows of the events that are the same, or are not."""

from functools import partial
from typing import Any

from django.http import HttpRequest

from border.admin_base import RecordAdmin
from border.admin_links import may_see
from border.links.deciding import of_event


class Linked(RecordAdmin):
    """What the form of an event gains: the events of which was judged whether they are the same."""

    pieces = {"above_form": "admin/linked.html"}

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """As before, with what was judged."""
        context = {"linked": partial(self.links_of, request, object_id)} if object_id else {}
        return super().changeform_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def links_of(self, request: HttpRequest, object_id: str) -> list[dict[str, Any]]:
        """Each event of which was judged whether it is this one."""
        if not object_id.isdecimal() or not may_see(request.user):
            return []
        key = int(object_id)
        return [
            {"match": match, "event": match.second if match.first_id == key else match.first}
            for match in of_event(key)
        ]
