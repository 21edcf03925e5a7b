"""The review of a whole import, from its page."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from border.curation import reviewing
from border.curation.batches import shares, waiting
from border.curation.requirements import advice
from border.curation.review_admin import PublishForm
from border.publication import operations
from border.publication.endpoints import ENDPOINTS
from border.publication.refusal import PublicationRefused

MOST_TOLD = 50


class BatchReviewing(admin.ModelAdmin):
    """What the admin of imports gains: all that an import touched, reviewed and published in one step."""

    change_form_outer_before_template = "admin/batch_standing.html"

    def get_urls(self) -> list[URLPattern]:
        """As Django's, with the page on which an import is reviewed."""
        view = self.admin_site.admin_view(self.review_view)
        return [path("<path:object_id>/review/", view, name="sources_batch_review"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """As Django's, with the way to the review."""
        context = {"review": reverse("admin:sources_batch_review", args=[object_id])}
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def review_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What an import would change for readers; confirmed with a reason, all of it is published, or nothing."""
        if request.method not in {"GET", "HEAD", "POST"}:
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        batch = self.get_object(request, object_id)
        if batch is None:
            raise Http404
        if not self.has_view_permission(request, batch) or not _sees_all(request.user):
            raise PermissionDenied
        may_publish = request.user.has_perm("publication.publish")
        records = waiting(batch)
        form, problems = PublishForm(), []
        if request.method == "POST":
            if not may_publish:
                raise PermissionDenied
            form = PublishForm(request.POST)
            if form.is_valid():
                try:
                    count = self._publish(request, records, **form.cleaned_data)
                except PublicationRefused as refused:
                    problems = refused.problems
                else:
                    self.message_user(request, f"{count:,} records are published.", messages.SUCCESS)
                    return HttpResponseRedirect(reverse("admin:sources_batch_change", args=[batch.pk]))
        elif records:
            problems = reviewing.obstacles(*records, by=request.user)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": batch,
            "title": f"Review of {batch}",
            "shares": [
                {"share": share, "name": share.endpoint.model._meta.verbose_name_plural, "address": _list_of(share)}
                for share in shares(batch, records)
            ],
            "waiting": sum(found.count() for found in records),
            "problems": problems[:MOST_TOLD],
            "more": max(0, len(problems) - MOST_TOLD),
            "advice": advice(operations.grouped_by_endpoint(records)),
            "form": form if may_publish and records else None,
            "seen": reviewing.fingerprint(*records) if may_publish else "",
            "back": reverse("admin:sources_batch_change", args=[batch.pk]),
        }  # fmt: skip
        return TemplateResponse(request, "admin/batch_review.html", context)

    def _publish(self, request: HttpRequest, records: list[Any], *, reason: str, seen: str) -> int:
        if not records:
            raise PublicationRefused(["Readers see all of it as it stands: there is nothing to publish."])
        if seen and seen != reviewing.fingerprint(*records):
            raise PublicationRefused(
                ["Some of it was changed after this page was shown. See what changed, then publish."]
            )
        return reviewing.publish(*records, by=request.user, reason=reason).total


def _sees_all(user: Any) -> bool:
    """Whether ``user`` may see every kind of record: an import may have touched any."""
    names = (endpoint.model._meta for endpoint in ENDPOINTS.values())
    return all(user.has_perm(f"{name.app_label}.view_{name.model_name}") for name in names)


def _list_of(share: Any) -> str:
    meta = share.endpoint.model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
