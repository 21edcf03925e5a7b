"""The merges and the judgements that records differ, in the admin: lists, and the steps open to a merge."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from border.admin_base import ReadOnlyAdmin
from border.admin_skin import display
from border.curation.merging import publish_merge
from border.curation.models import Different, Merge
from border.curation.parting import changes_of, leads_on, publish_undo, undo_merge
from border.curation.refusal import MergeRefused
from border.history.plan import plan
from border.publication.admin import ReasonForm
from border.publication.endpoints import ENDPOINTS
from border.publication.refusal import PublicationRefused
from border.publication.versions import current


def is_public(made: Merge, slug: str) -> bool:
    """Whether readers see the record of a merge that is called ``slug``."""
    return current(ENDPOINTS[made.endpoint], slug) is not None


@admin.register(Merge)
class MergeAdmin(ReadOnlyAdmin):
    """Records that go on as another, and merges that were taken back."""

    list_display = ["merged_at", "given_up", "goes_on", "reason", "merged_by", "undone_at"]
    list_display_links = ["merged_at"]
    list_filter = [("undone_at", admin.EmptyFieldListFilter)]
    list_select_related = ["merged_by"]
    ordering = ["-merged_at", "-pk"]
    search_fields = ["slug", "into", "reason"]
    fields = [
        "merged_at",
        "given_up",
        "goes_on",
        "reason",
        "merged_by",
        "rows",
        "undone_at",
        "undone_by",
        "undone_reason",
    ]
    readonly_fields = ["given_up", "goes_on", "rows"]
    change_form_before_template = "admin/merge_steps.html"

    @display(description="given up", ordering="slug")
    def given_up(self, made: Merge) -> SafeString:
        """The record that was given up."""
        return self._linked(made, made.slug)

    @display(description="goes on as", ordering="into")
    def goes_on(self, made: Merge) -> SafeString:
        """The record that goes on."""
        return self._linked(made, made.into)

    def _linked(self, made: Merge, slug: str) -> SafeString:
        meta = ENDPOINTS[made.endpoint].model._meta
        record = meta.default_manager.filter(slug=slug).only("pk").first()
        if record is None:
            return format_html("{}", slug)
        address = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])
        return format_html('<a href="{}">{}/{}</a>', address, made.endpoint, slug)

    @display(description="rows")
    def rows(self, made: Merge) -> str:
        """How many rows moved, were put together or stayed."""
        totals = {
            word: sum(counts.get(word, 0) for counts in made.moved.values())
            for word in ("moved", "folded", "left")
        }
        said = {
            "moved": "moved",
            "folded": "put together with others",
            "left": "left with the record given up",
        }
        return ", ".join(f"{total} {said[word]}" for word, total in totals.items() if total) or "none"

    # Steps.

    def get_urls(self) -> list[URLPattern]:
        """As Django's, with the page of a step."""
        step = self.admin_site.admin_view(self.step_view)
        return [path("<int:key>/step/<str:step>/", step, name="curation_merge_step"), *super().get_urls()]

    def steps(self, request: HttpRequest, made: Merge) -> dict[str, str]:
        """The steps that are open to this person, by name."""
        model_admin = self.admin_site._registry[ENDPOINTS[made.endpoint].model]
        may_publish = model_admin.has_view_permission(request) and request.user.has_perm(
            "publication.publish"
        )
        found = {}
        if made.stands and model_admin.has_change_permission(request):
            found["undo"] = "Undo this merge"
        if made.stands and may_publish and is_public(made, made.slug) and request.user != made.merged_by:
            found["publish"] = "Publish this merge"
        if not made.stands and may_publish and leads_on(made):
            found["part"] = "Publish the undoing"
        return found

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """As Django's, with what readers see and the steps that are open."""
        made = self.get_object(request, object_id or "")
        context = (
            {"merge": made, "steps": self.steps(request, made), "readers": self.readers(made)} if made else {}
        )
        return super().changeform_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def readers(self, made: Merge) -> str:
        """What readers see of it."""
        led = leads_on(made)
        if led and made.stands:
            return f"Readers of {made.slug} are led to {made.into}."
        if led:
            return f"Readers of {made.slug} are led to {made.into} until a reviewer publishes the undoing."
        if is_public(made, made.slug):
            waits = " until somebody else publishes the merge" if made.stands else ""
            return f"Readers see the two as they were{waits}."
        return f"Readers have never seen {made.slug}: there is nothing to lead on."

    def step_view(self, request: HttpRequest, key: int, step: str) -> HttpResponse:
        """The page on which a step is decided; sent, it is taken."""
        made = self.get_object(request, str(key))
        if made is None or step not in {"undo", "publish", "part"}:
            raise Http404
        open_steps = self.steps(request, made)
        if step not in open_steps:
            raise PermissionDenied
        form = ReasonForm(request.POST if request.method == "POST" else None)
        back = reverse("admin:curation_merge_change", args=[made.pk])
        problems: list[str] = []
        if request.method == "POST" and form.is_valid():
            take = {"undo": undo_merge, "publish": publish_merge, "part": publish_undo}[step]
            try:
                take(made, by=request.user, reason=form.cleaned_data["reason"])
            except (MergeRefused, PublicationRefused) as refused:
                problems = refused.problems
            else:
                self.message_user(request, DONE[step].format(made=made), messages.SUCCESS)
                return HttpResponseRedirect(back)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": open_steps[step],
            "merge": made,
            "step": step,
            "meaning": MEANINGS[step].format(made=made),
            "conflicts": plan(changes_of(made)).conflicts if step == "undo" else [],
            "problems": problems,
            "form": form,
            "back": back,
        }
        return TemplateResponse(request, "admin/merge_step.html", context)


DONE = {
    "undo": "{made.slug} and {made.into} are two records again.",
    "publish": "Readers of {made.slug} are led to {made.into}.",
    "part": "Readers see {made.slug} again.",
}
MEANINGS = {
    "undo": "What the merge moved goes back to {made.slug}. What came to {made.into} since stays with it.",
    "publish": (
        "Readers get the new version of {made.into}. Those who ask for {made.slug} are led there, and every document that "
        "shows it shows {made.into}. The reason of the merge is public; the reason you give here is not."
    ),
    "part": (
        "Readers see {made.slug} under its own address again, and {made.into} without it. Documents that the merge changed "
        "return to the text that was reviewed before. The reason you give here is not public."
    ),
}


@admin.register(Different)
class DifferentAdmin(ReadOnlyAdmin):
    """Pairs that look alike and were told apart. Deleting a judgement lets the pair be suggested again."""

    list_display = ["judged_at", "endpoint", "first", "second", "reason", "judged_by"]
    list_select_related = ["judged_by"]
    ordering = ["-judged_at", "-pk"]
    search_fields = ["first", "second", "reason"]
    fields = ["endpoint", "first", "second", "reason", "judged_by", "judged_at"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever has the right may take a judgement back."""
        return request.user.has_perm("curation.delete_different")
