"""The way of a record to its readers, in the admin: submit, publish, withdraw; and the ledger, for reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst

from border.admin_base import ReadOnlyAdmin, RecordAdmin
from border.admin_skin import ChoiceFilter, TextArea
from border.history import chain as history
from border.kernel.records import Status
from border.publication import chain, operations
from border.publication.endpoints import endpoint_of
from border.publication.models import Entry, Review
from border.publication.operations import PublicationRefused


@dataclass(frozen=True)
class Move:
    """One step of a record towards its readers or back: who may take it, from where, and what it needs.

    ``states`` are how readers see it, ``statuses`` how the working copy stands; none named is any.
    """

    name: str
    verb: str
    done: str
    meaning: str
    permission: str
    states: frozenset[str]
    reason: str = ""
    statuses: frozenset[str] = frozenset()

    def open_to(self, state: str, status: str) -> bool:
        """Whether a record that stands so can take it."""
        return state in self.states and (not self.statuses or status in self.statuses)


MOVES = {
    move.name: move
    for move in (
        Move(
            "submit",
            "Submit for review",
            "submitted for review",
            "A reviewer who has not written any of it will publish it or hand it back. Until then readers see what they see now.",
            "change",
            frozenset({"never", "changed", "withdrawn"}),
            statuses=frozenset({Status.DRAFT, Status.PUBLISHED, Status.WITHDRAWN}),
        ),
        Move(
            "publish",
            "Publish",
            "published",
            "Readers will see the text as it stands now. You answer for it: nobody publishes what they have written themselves.",
            "publish",
            frozenset({"never", "changed", "withdrawn"}),
            "Why it is fit to publish. Kept with the review, not public.",
        ),
        Move(
            "withdraw",
            "Withdraw",
            "withdrawn",
            "Readers will no longer find it, only the date of its withdrawal and the reason. Who asks for an earlier moment "
            "still gets what it said then, until manage.py erase removes that for good.",
            "withdraw",
            frozenset({"current", "changed"}),
            "Why it is taken back. This reason is public.",
        ),
    )
}


# More are published from the shell, where nobody waits at a page: manage.py publish.
MOST = 1000


class ReasonForm(forms.Form):
    """Why a step is taken."""

    reason = forms.CharField(max_length=500, widget=TextArea(attrs={"rows": 3, "dir": "auto"}))


class Publishing(RecordAdmin):
    """What the admin of a reviewed noun gains: the standing of a record, and the steps to readers and back."""

    actions = ["submit_selected", "publish_selected", "withdraw_selected"]
    moves: ClassVar[dict[str, Move]] = MOVES
    change_form_outer_before_template = "admin/standing.html"

    def has_publish_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Reviewers who may see the noun."""
        return self.has_view_permission(request, obj) and request.user.has_perm("publication.publish")

    def has_withdraw_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Reviewers who may see the noun."""
        return self.has_view_permission(request, obj) and request.user.has_perm("publication.withdraw")

    def may(self, move: Move, request: HttpRequest, obj: Any = None) -> bool:
        """Whether this person may take ``move`` at all."""
        return bool(getattr(self, f"has_{move.permission}_permission")(request, obj))

    def get_urls(self) -> list[URLPattern]:
        """As Django's, with the page on which a step is decided."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_move"
        return [
            path("move/<str:name>/", self.admin_site.admin_view(self.move_view), name=name),
            *super().get_urls(),
        ]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """As before, with the standing of the record above its form."""
        # The template calls it: a form that is saved and left needs none.
        context = {"standing": partial(self.standing_of, request, object_id)} if object_id else {}
        return super().changeform_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def standing_of(self, request: HttpRequest, object_id: str) -> dict[str, Any]:
        """What readers see of a record, who decided so, and the steps that are open to this person."""
        record = self.get_object(request, object_id)
        if record is None:
            return {}
        state, version = operations.state(record)
        endpoint = endpoint_of(record)
        open_moves = [
            move
            for move in self.moves.values()
            if move.open_to(state, record.status) and self.may(move, request, record)
        ]
        own = any(move.name == "publish" for move in open_moves) and operations.wrote(record, request.user)
        return {
            "record": record,
            "label": self.label(self.labelled(self.model.objects.filter(pk=record.pk)).get()),
            "noun": self.opts.verbose_name,
            "state": state,
            "version": version,
            "address": f"/api/v1/{endpoint.name}/{record.slug}/" if state in {"current", "changed"} else "",
            "last": Review.objects.filter(endpoint=endpoint.name, slug=record.slug)
            .select_related("reviewer")
            .order_by("-at", "-pk")
            .first(),
            "own": own,
            "moves": [
                {"verb": move.verb, "name": move.name, "address": self._move_address(move, record)}
                for move in open_moves
                if not (own and move.name == "publish")
            ],
        }

    def in_the_way(self, move: Move, records: Sequence[Any], by: Any) -> list[str]:
        """What is known beforehand to stand in the way of ``move``; the operation itself may find more."""
        return operations.obstacles(*records, by=by) if move.name == "publish" else []

    def form_of(self, move: Move) -> type[forms.Form] | None:
        """What the person is asked before they take ``move``."""
        return ReasonForm if move.reason else None

    def shown(self, move: Move, records: Sequence[Any]) -> dict[str, Any]:
        """What else the page of ``move`` shows of ``records``."""
        return {}

    def _move_address(self, move: Move, record: Any) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_move"
        return f"{reverse(name, args=[move.name])}?ids={record.pk}"

    def decide_all(self, request: HttpRequest, name: str, selected: QuerySet[Any]) -> HttpResponse:
        """The page on which a step is decided for the selected records."""
        return self.decide(request, self.moves[name], list(selected[: MOST + 1]))

    @admin.action(description="Submit for review", permissions=["change"])
    def submit_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse:
        """Ask whether the selected records are to be submitted."""
        return self.decide_all(request, "submit", queryset)

    @admin.action(description="Publish", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse:
        """Ask why the selected records are to be published."""
        return self.decide_all(request, "publish", queryset)

    @admin.action(description="Withdraw", permissions=["withdraw"])
    def withdraw_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse:
        """Ask why the selected records are to be withdrawn."""
        return self.decide_all(request, "withdraw", queryset)

    def move_view(self, request: HttpRequest, name: str) -> HttpResponse:
        """The page on which a step is decided for the records ``ids``; sent with ``confirmed``, it is taken."""
        if name not in self.moves:
            raise Http404
        ids = request.POST.getlist("ids") or request.GET.getlist("ids")
        if request.method == "POST" and not ids:
            self.message_user(request, "All records were left out, so none was touched.", messages.WARNING)
            return HttpResponseRedirect(self._back([]))
        if not ids or not all(key.isdigit() for key in ids):
            raise Http404
        records = list(self.get_queryset(request).filter(pk__in=ids))
        return self.decide(request, self.moves[name], records, confirmed="confirmed" in request.POST)

    def decide(
        self, request: HttpRequest, move: Move, records: Sequence[Any], *, confirmed: bool = False
    ) -> HttpResponse:
        """The page that asks, or, where the step is ``confirmed`` and goes through, the way back."""
        if not records:
            raise Http404
        if not all(self.may(move, request, record) for record in records):
            raise PermissionDenied
        if len(records) > MOST:
            self.message_user(
                request,
                f"More than {MOST} records at once are a matter for the shell: manage.py publish --help.",
                messages.ERROR,
            )
            return HttpResponseRedirect(self._back(records))
        asked = self.form_of(move)
        form = asked(request.POST if confirmed else None) if asked else None
        found: list[str] = []
        if confirmed and (form is None or form.is_valid()):
            try:
                self.take(move, records, by=request.user, **(form.cleaned_data if form else {}))
            except PublicationRefused as refused:
                found = refused.problems
            else:
                what = (
                    str(records[0])
                    if len(records) == 1
                    else f"{len(records)} {self.opts.verbose_name_plural}"
                )
                self.message_user(request, f"{capfirst(what)}: {move.done}.", messages.SUCCESS)
                return HttpResponseRedirect(self._back(records))
        elif not confirmed:
            found = self.in_the_way(move, records, request.user)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"{move.verb}: {self.opts.verbose_name if len(records) == 1 else self.opts.verbose_name_plural}",
            "move": move,
            "records": records,
            "problems": found,
            "form": form,
            "address": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_move", args=[move.name]),
            "back": self._back(records),
            **self.shown(move, records),
        }
        return TemplateResponse(request, "admin/move.html", context)

    def take(self, move: Move, records: Sequence[Any], *, by: Any, reason: str = "") -> None:
        """Take the step for all ``records`` or none. Raises PublicationRefused."""
        if move.name == "submit":
            operations.submit(*records, by=by)
        elif move.name == "publish":
            operations.publish(*records, by=by, reason=reason)
        else:
            with transaction.atomic():
                for record in records:
                    operations.withdraw(record, by=by, reason=reason)

    def _back(self, records: Sequence[Any]) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        return (
            reverse(f"{name}_change", args=[records[0].pk])
            if len(records) == 1
            else reverse(f"{name}_changelist")
        )


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    """Who published or withdrew what, on whose work and why."""

    list_display = ["at", "endpoint", "slug", "version", "change", "reviewer", "reason"]
    list_filter = [("change", ChoiceFilter)]
    list_select_related = ["reviewer"]
    ordering = ["-at", "-pk"]
    search_fields = ["slug", "reason", "reviewer__username"]
    fields = ["at", "endpoint", "slug", "version", "change", "reviewer", "authors", "reason"]


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    """The public ledger, in the order of publication."""

    list_display = ["sequence", "at", "endpoint", "slug", "version", "change", "block"]
    list_filter = [("change", ChoiceFilter)]
    ordering = ["-sequence"]
    search_fields = ["slug", "reason"]
    fields = ["sequence", "at", "endpoint", "slug", "version", "change", "into", "reason", "block"]
    list_before_template = "admin/heads.html"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """As Django's, with the heads of both chains above the list."""
        heads = {"published": chain.head(), "history": history.head()}
        return super().changelist_view(request, {"heads": heads, **(extra_context or {})})
