"""Two records that may be one, in the admin: candidates, the merge, its undoing and publication, splitting."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from border.admin_base import RecordAdmin
from border.curation import duplicates, side_by_side
from border.curation.merging import merge, obstacles, visible
from border.curation.models import Merge
from border.curation.parting import beside, split, splittable
from border.curation.refusal import MergeRefused
from border.kernel.records import Named
from border.publication.admin import ReasonForm
from border.publication.endpoints import endpoint_of

PAGES = {"same": "Same as…?", "split": "Split…"}


class Sameness(RecordAdmin):
    """What the admin of a reviewed noun gains: "Same as…?", the merge of two records, and splitting one."""

    pieces = {"above_form": "admin/sameness.html"}
    list_after_template = "admin/duplicates_link.html"

    def get_urls(self) -> list[URLPattern]:
        """As before, with the pages on which records are compared, merged and split."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("duplicates/", view(self.duplicates_view), name=f"{name}_duplicates"),
            path("different/", view(self.different_view), name=f"{name}_different"),
            path("<path:object_id>/same/", view(self.same_view), name=f"{name}_same"),
            path("<path:object_id>/merge/", view(self.merge_view), name=f"{name}_merge"),
            path("<path:object_id>/split/", view(self.split_view), name=f"{name}_split"),
            *super().get_urls(),
        ]

    # Records that go on as another.

    def given_up(self, record: Any) -> Merge | None:
        """The merge by which ``record`` goes on as another, asked once for each."""
        if not hasattr(record, "goes_on"):
            record.goes_on = Merge.objects.giving_up(endpoint_of(record).name, record.slug)
        return record.goes_on

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As before; what goes on as another record is only read."""
        return super().has_change_permission(request, obj) and (obj is None or self.given_up(obj) is None)

    def has_publish_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As before; what goes on as another record is not published by itself."""
        allowed = super().has_publish_permission(request, obj)
        return bool(allowed) and (obj is None or self.given_up(obj) is None)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """As before, without what goes on as another record; withdrawn records are listed with it when asked for."""
        found, duplicated = super().get_search_results(request, queryset, search_term)
        if "withdrawn" in request.GET.getlist("status__exact"):
            return found, duplicated
        return visible(found), duplicated

    def standing_ones(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """As before, without what goes on as another record."""
        return visible(super().standing_ones(queryset))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """As before, with the way to the records that may be one."""
        shown = self.model in duplicates.NOUNS and self.has_change_permission(request)
        context = {"duplicates": self._page("duplicates") if shown else ""}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    # The form of a record.

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """As before, with what the record goes on as, what goes on as it, and the ways from here."""
        context = {"sameness": partial(self.sameness_of, request, object_id)} if object_id else {}
        return super().changeform_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def sameness_of(self, request: HttpRequest, object_id: str) -> dict[str, Any]:
        """Where the record goes on, which others go on as it, and the pages that compare and split it."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return {}
        gone = self.given_up(record)
        into = self.model._default_manager.filter(slug=gone.into).first() if gone else None
        may_change = self.has_change_permission(request, record)
        return {
            "gone": gone,
            "into": into,
            "into_label": self._labels([into.pk])[into.pk] if into else "",
            "into_admin": f"admin:{self.opts.app_label}_{self.opts.model_name}_change",
            "others": Merge.objects.going_on_as(endpoint_of(record).name, record.slug),
            "pages": [(verb, self._page(name, record)) for name, verb in PAGES.items() if may_change],
        }

    def _page(self, name: str, *records: Any, query: str = "") -> str:
        address = f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}"
        return reverse(address, args=[record.pk for record in records]) + query

    def _record(self, request: HttpRequest, key: str) -> Any:
        """The record to change. Raises Http404 and PermissionDenied."""
        record = self.get_object(request, unquote(key)) if key else None
        if record is None:
            raise Http404
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        return record

    def _answer(self, request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return TemplateResponse(request, f"admin/{template}.html", {**shared, **context})

    # Candidates.

    def duplicates_view(self, request: HttpRequest) -> HttpResponse:
        """The pairs of records that may be one, the likeliest first."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        found = duplicates.pairs(self.model) if self.model in duplicates.NOUNS else []
        labels = self._labels(record.pk for pair in found for record in (pair.one, pair.other))
        return self._answer(
            request,
            "duplicates",
            f"Possible duplicates: {self.opts.verbose_name_plural}",
            pairs=[
                {
                    "one": pair.one,
                    "other": pair.other,
                    "names": [(labels[it.pk], self._page("change", it)) for it in (pair.one, pair.other)],
                    "percent": round(100 * pair.score),
                    "reasons": pair.reasons,
                    "merge": self._page("merge", pair.one, query=f"?with={pair.other.pk}"),
                }
                for pair in found
            ],
            different=self._page("different"),
        )

    def _labels(self, keys: Iterable[int]) -> dict[int, str]:
        """What tells each record from its namesakes."""
        found = self.labelled(self.model._default_manager.filter(pk__in=set(keys)))
        return {record.pk: self.label(record) for record in found}

    def same_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The records that may be this one, and a way to name another."""
        record = self._record(request, object_id)
        slug = request.GET.get("slug", "").strip()
        other = self.model._default_manager.filter(slug=slug).first() if slug else None
        if other:
            return HttpResponseRedirect(self._page("merge", record, query=f"?with={other.pk}"))
        found = duplicates.similar(record) if self.model in duplicates.NOUNS else []
        labels = self._labels([record.pk, *(candidate.pk for candidate in found)])
        return self._answer(
            request,
            "same",
            f"Same as…? {labels[record.pk]}",
            record=record,
            label=labels[record.pk],
            candidates=[
                {
                    "one": record,
                    "other": candidate,
                    "names": [(labels[candidate.pk], self._page("change", candidate))],
                    "percent": round(100 * candidate.score),
                    "reasons": candidate.reasons,
                    "merge": self._page("merge", record, query=f"?with={candidate.pk}"),
                }
                for candidate in found
            ],
            slug=slug,
            different=self._page("different"),
            back=self._page("change", record),
        )

    def different_view(self, request: HttpRequest) -> HttpResponse:
        """Judge that two records are not the same, and go back to where one came from."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        one, other = (self._record(request, request.POST.get(name, "")) for name in ("one", "other"))
        try:
            duplicates.tell_apart(
                one=one, other=other, by=request.user, reason=request.POST.get("reason", "")
            )
        except MergeRefused as refused:
            self.message_user(request, str(refused), messages.ERROR)
        else:
            self.message_user(
                request, f"{one.slug} and {other.slug} are told apart for good.", messages.SUCCESS
            )
        back = "same" if request.POST.get("from") == "same" else "duplicates"
        return HttpResponseRedirect(self._page(back, *([one] if back == "same" else [])))

    # Merging.

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """As before, and to whoever may change records: merge two of them."""
        found = super().get_actions(request)
        if found and self.has_change_permission(request):
            found["merge_two"] = self.get_action("merge_two")
        return found

    @admin.action(description="Merge two", permissions=["change"])
    def merge_two(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Compare the two selected records, side by side."""
        chosen = list(queryset.order_by("pk")[:3])
        if len(chosen) != 2:
            self.message_user(request, "Select the two records that are one.", messages.ERROR)
            return None
        return HttpResponseRedirect(self._page("merge", chosen[0], query=f"?with={chosen[1].pk}"))

    def merge_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Both records side by side, what moves, and why they are one; sent, they are."""
        sent = request.POST if request.method == "POST" else request.GET
        kept = self._record(request, object_id)
        dropped = self._record(request, sent.get("with", ""))
        rows = side_by_side.rows(kept, dropped)
        form = ReasonForm(request.POST if request.method == "POST" else None)
        found = obstacles(kept, dropped) if kept != dropped else ["Choose two different records."]
        if request.method == "POST":
            take = [row.name for row in rows if request.POST.get(f"take-{row.name}") == "dropped"]
            side_by_side.choose(rows, take)
            if form.is_valid():
                try:
                    made = merge(
                        kept=kept,
                        dropped=dropped,
                        by=request.user,
                        reason=form.cleaned_data["reason"],
                        take=take,
                    )
                except MergeRefused as refused:
                    found = refused.problems
                else:
                    self.message_user(request, f"{dropped.slug} goes on as {kept.slug}.", messages.SUCCESS)
                    return HttpResponseRedirect(reverse("admin:curation_merge_change", args=[made.pk]))
        labels = self._labels([kept.pk, dropped.pk])
        return self._answer(
            request,
            "merge",
            "Make two records one",
            kept_label=labels[kept.pk],
            dropped_label=labels[dropped.pk],
            kept=kept,
            dropped=dropped,
            rows=rows,
            moving=side_by_side.moving(dropped, self.admin_site),
            names=isinstance(kept, Named),
            problems=found,
            form=form,
            swapped=self._page("merge", dropped, query=f"?with={kept.pk}"),
            address=self._page("merge", kept),
            addresses=[self._page("change", kept), self._page("change", dropped)],
        )

    # Splitting.

    def split_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What belongs to the record, to choose from what belongs to another; sent, it is moved there."""
        record = self._record(request, object_id)
        groups = side_by_side.splitting(splittable(record), self.admin_site, request.POST.getlist("row"))
        form = ReasonForm(request.POST if request.method == "POST" else None)
        found: list[str] = []
        name, slug = (request.POST.get(field, "").strip() for field in ("name", "slug"))
        if request.method == "POST" and form.is_valid():
            try:
                into = self._other(record, name, slug)
                split(
                    record=record,
                    rows={group.link: group.chosen for group in groups},
                    into=into,
                    by=request.user,
                    reason=form.cleaned_data["reason"],
                )
            except MergeRefused as refused:
                found = refused.problems
            else:
                self.message_user(request, f"What you chose belongs to {into} now.", messages.SUCCESS)
                return HttpResponseRedirect(self._page("change", into))
        return self._answer(
            request,
            "split",
            f"Split: {self._labels([record.pk])[record.pk]}",
            record=record,
            groups=groups,
            problems=found,
            form=form,
            called="Name" if isinstance(record, Named) else "Title",
            name=name,
            slug=slug,
            address=self._page("split", record),
            back=self._page("change", record),
        )

    def _other(self, record: Any, name: str, slug: str) -> Any:
        """The record named by its slug, or a new one of this name. Raises MergeRefused."""
        found = self.model._default_manager.filter(slug=slug).first()
        if found is not None:
            return found
        if not slug or not name:
            raise MergeRefused(["Give the slug of the other record; for a new one its name too."])
        return beside(record, name=name, slug=slug)
