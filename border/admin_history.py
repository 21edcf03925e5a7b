"""The history in the admin: every change of a record, the record as it was, and the ways to take changes back."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.contrib.admin.utils import unquote
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from border.admin_base import RecordAdmin
from border.admin_undo import decide, may_see
from border.history.reading import Change, Entry, History, portrait, what
from border.history.selection import Selection, one_change, one_save, since
from border.history.shown import Shown, fields
from border.history.tables import owners, parts, written

CHANGES_A_PAGE = 50
GONE = "It is gone: take back its deletion to have it again."


class Histories(RecordAdmin):
    """What the admin of a reviewed noun gains: its history, what it was at any moment, and the way back."""

    def get_urls(self) -> list[URLPattern]:
        """As Django's, with the pages of one moment of the history."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        one = "<int:object_id>/history/<int:sequence>/"
        return [
            path(one, self.admin_site.admin_view(self.version_view), name=f"{name}_version"),
            path(f"{one}<str:way>/", self.admin_site.admin_view(self.undo_view), name=f"{name}_undo"),
            *super().get_urls(),
        ]

    def readable(self, request: HttpRequest) -> set[type[Any]]:
        """The tables of the noun whose rows this person may see."""
        models = {self.model, *(part for part, _ in parts(self.model))}
        return {model for model in models if may_see(model, request.user)}

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every change of the record and of what it owns, by whatever door it came; of one that is gone as well."""
        key = unquote(object_id)
        if not key.isdecimal():
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        record = self._viewed(request, int(key))
        history = History(
            self.model,
            int(key),
            models=self.readable(request),
            person=_number(request.GET.get("person")),
            about=request.GET.get("field", ""),
        )
        entries = history.entries()
        if not history.newest:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        page = Paginator(entries, CHANGES_A_PAGE).get_page(request.GET.get("p"))
        changes = history.read(list(page))
        people = get_user_model()._default_manager.in_bulk(history.people)
        context = {
            **self.admin_site.each_context(request),
            "title": f"History: {self._called(record, int(key))}",
            "changes": changes,
            "saves": list(_saves(changes)),
            "page": page,
            "people": [
                (person.pk, person.get_username(), history.people[person.pk]) for person in people.values()
            ],
            "fields": list(self._fields(request)),
            "person": history.person,
            "field": history.about,
            "newest": history.newest,
            "may_change": self.has_change_permission(request, record),
            "may_undo_people": request.user.has_perm("auth.undo_user"),
            "opts": self.opts,
            "original": record,
            "object_id": int(key),
            "gone": record is None and GONE,
            "version_url": f"admin:{self.opts.app_label}_{self.opts.model_name}_version",
            "undo_url": f"admin:{self.opts.app_label}_{self.opts.model_name}_undo",
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/history.html", context)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        """As Django's; says where the record can be had again."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_history"
        way_back = '<a href="{}">The history of {}</a> stays: from there it can be brought back.'
        self.message_user(request, format_html(way_back, reverse(name, args=[obj_id]), obj_display))
        return super().response_delete(request, obj_display, obj_id)

    def version_view(self, request: HttpRequest, object_id: int, sequence: int) -> HttpResponse:
        """The record and all it owned as they stood after one change, beside what they are now."""
        record = self._viewed(request, object_id)
        models = self.readable(request)
        _, change = self._change(request, object_id, sequence)
        then = portrait(self.model, object_id, sequence, models)
        now = portrait(self.model, object_id, None, models)
        rows = [(self.model, row) for row in (then.row, now.row) if row]
        rows += [
            (model, row)
            for one in (then, now)
            for model, found in one.parts.items()
            for row in found.values()
        ]
        shown = Shown(rows)
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        context = {
            **self.admin_site.each_context(request),
            "title": f"As it was: {self._called(record, object_id)}",
            "change": change,
            "lines": list(_lines(self.model, then.row, now.row, shown)),
            "then": then.row,
            "now": now.row,
            "parts": [
                (model._meta.verbose_name_plural, list(_parts(model, found, now.parts.get(model, {}), shown)))
                for model, found in then.parts.items()
                if found or now.parts.get(model)
            ],
            "opts": self.opts,
            "original": record,
            "history": reverse(f"{name}_history", args=[object_id]),
            "back": reverse(f"{name}_undo", args=[object_id, sequence, "back"]),
            "may_change": self.has_change_permission(request, record),
        }
        return TemplateResponse(request, "admin/version.html", context)

    def undo_view(self, request: HttpRequest, object_id: int, sequence: int, way: str) -> HttpResponse:
        """The page on which a change, a save, or all since a moment is taken back."""
        record = self._viewed(request, object_id)
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        entry, change = self._change(request, object_id, sequence)
        row = self.model(pk=object_id)
        ways: dict[str, tuple[Selection, str, str]] = {
            "change": (one_change(entry.model, sequence), "Take back one change", "This change is taken back:"),
            "save": (one_save(row, sequence), "Take back one save", "All that was saved in one go is taken back:"),
            "back": (since(row, sequence), "Take the record back", "The record and all it owns go back to how they stood after this change:"),
        }  # fmt: skip
        if way not in ways:
            raise Http404
        selection, title, meaning = ways[way]
        return decide(
            request,
            selection,
            title=f"{title}: {self._called(record, object_id)}",
            meaning=meaning,
            back=reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_history", args=[object_id]),
            context={"opts": self.opts, "original": record, "change": change},
        )

    def _viewed(self, request: HttpRequest, pk: int) -> Any:
        """The record, None where it is gone. Raises PermissionDenied for who may not see it."""
        record = self.get_queryset(request).filter(pk=pk).first()
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        return record

    def _called(self, record: Any, pk: int) -> str:
        if record is not None:
            return self.label(self.labelled(self.model._default_manager.filter(pk=pk)).get())
        versions = self.model.pgh_event_model._default_manager.filter(pgh_obj_id=pk)
        slug = versions.order_by("-pgh_id").values_list("slug", flat=True).first()
        return f"{self.opts.verbose_name} {slug or pk}"

    def _change(self, request: HttpRequest, object_id: int, sequence: int) -> tuple[Entry, Change]:
        """The change numbered ``sequence``. Raises Http404 where it is none of this record's."""
        history = History(self.model, object_id, models=self.readable(request))
        entry = next((one for one in history.entries() if one.sequence == sequence), None)
        if entry is None:
            raise Http404
        return entry, history.read([entry])[0]

    def _fields(self, request: HttpRequest) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """The fields by which a history can be narrowed, by table."""
        readable = self.readable(request)
        for model in dict.fromkeys((self.model, *(part for part, _ in parts(self.model)))):
            if model in readable:
                columns = {*written(model), "status"}
                yield (
                    str(model._meta.verbose_name),
                    [
                        (f"{model._meta.model_name}.{one.attname}", str(one.verbose_name))
                        for one in fields(model)
                        if one.attname in columns
                    ],
                )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 10 else None


def _saves(changes: list[Change]) -> Iterator[dict[str, Any]]:
    """Changes that were made in one go, together."""
    for _, group in groupby(changes, key=lambda change: (change.context, change.hand.at)):
        together = list(group)
        yield {
            "hand": together[0].hand,
            "changes": together,
            "several": len(together) > 1,
            "review": together[0].hand.via == "review",
        }


def _lines(model: type[Any], then: Any, now: Any, shown: Shown) -> Iterator[dict[str, Any]]:
    """Every field of a row, then and now, but its owner where that is the record of the page."""
    owning = {column for _, column in owners(model)}
    for field in fields(model):
        if field.attname in owning and len({row[field.attname] for row in (then, now) if row}) == 1:
            continue
        before, after = (shown(field, row[field.attname]) if row else "" for row in (then, now))
        if before or after:
            yield {
                "name": field.verbose_name,
                "then": before,
                "now": after,
                "differs": bool(then and now and then[field.attname] != now[field.attname]),
            }


def _parts(
    model: type[Any], then: dict[int, Any], now: dict[int, Any], shown: Shown
) -> Iterator[dict[str, Any]]:
    """The rows of one table that the record owned then or owns now, and what became of each."""
    for pk in sorted({*then, *now}):
        lines = list(_lines(model, then.get(pk), now.get(pk), shown))
        became = "gone since" if pk not in now else "added since" if pk not in then else ""
        yield {
            "what": what(model, then.get(pk) or now[pk], shown),
            "became": became or ("changed since" if any(line["differs"] for line in lines) else ""),
            "lines": lines,
        }
