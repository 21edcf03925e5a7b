"""The admin's site: its pages beside those of the nouns, and the desk that greets a curator."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse

from border import (
    admin_at_hand,
    admin_desk_pages,
    admin_imports,
    admin_jobs,
    admin_kept,
    admin_links,
    admin_releases,
    admin_tokens,
    admin_views,
)
from border.admin_skin import AdminSite


class CurationSite(AdminSite):
    """The admin, with a desk and with look-ups by name."""

    site_title = site_header = "border"
    index_title = "Desk"
    enable_nav_sidebar = True

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        """As Django's; what is sent after the session has ended is not lost."""
        return update_wrapper(admin_kept.keeping(self, super().admin_view(view, cacheable)), view)

    def extra_urls(self) -> list[URLPattern]:
        """The pages that belong to no noun."""
        return [
            path("edtf/", self.admin_view(admin_views.edtf), name="edtf"),
            path("at-hand/", self.admin_view(admin_at_hand.take), name="at_hand"),
            path("kept/<path:name>", self.admin_view(admin_views.kept_copy), name="kept"),
            *admin_desk_pages.urls(),
            *admin_jobs.urls(),
            *admin_imports.urls(),
            *admin_links.urls(),
            *admin_releases.urls(),
            *admin_tokens.urls(),
        ]

    def autocomplete_view(self, request: HttpRequest) -> HttpResponseBase:
        """Records that a name may mean."""
        return admin_views.RecordLookup.as_view(admin_site=self)(request)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The desk: what waits for this person, and what there is."""
        return super().index(request, {"desk": admin_desk_pages.desk(request), **(extra_context or {})})


GROUPS = {
    "What is said": ["events.Event", "actors.Authority", "actors.Relationship", "events.Movement", "events.Finding", "events.Episode"],
    "Who and where": ["actors.Actor", "territories.Territory", "territories.Containment", "territories.Crossing", "territories.CrossingStatus"],
    "From where we know": ["sources.Source", "events.ExternalRecord", "events.Match", "sources.Batch"],
    "What is the same": ["curation.Merge", "curation.Different"],
    "What readers see": ["publication.Review", "publication.Entry"],
    "People": ["auth.User", "auth.Group"],
}  # fmt: skip
ICONS = {
    "events.Event": "bolt",
    "actors.Authority": "flag",
    "actors.Relationship": "handshake",
    "events.Movement": "swap_horiz",
    "events.Finding": "lightbulb",
    "events.Episode": "timeline",
    "actors.Actor": "groups",
    "territories.Territory": "map",
    "territories.Containment": "account_tree",
    "territories.Crossing": "fence",
    "territories.CrossingStatus": "traffic",
    "sources.Source": "menu_book",
    "events.ExternalRecord": "dataset",
    "events.Match": "join_inner",
    "sources.Batch": "upload_file",
    "curation.Merge": "call_merge",
    "curation.Different": "call_split",
    "publication.Review": "rate_review",
    "publication.Entry": "receipt_long",
    "auth.User": "person",
    "auth.Group": "group",
}


def sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """The nouns in the order in which curators think of them; only those that this person may see."""
    own = [{"title": "Desk", "icon": "desk", "link": reverse("admin:index")}]
    if admin_jobs.may_see(request.user):
        own.append({"title": "Jobs", "icon": "pending_actions", "link": reverse("admin:jobs")})
    if admin_imports.may_see(request.user):
        own.append({"title": "Datasets", "icon": "table_view", "link": reverse("admin:imports")})
    if admin_links.may_see(request.user):
        own.append({"title": "Links", "icon": "link", "link": reverse("admin:links")})
    if admin_releases.may_make(request.user):
        own.append({"title": "Releases", "icon": "inventory_2", "link": reverse("admin:releases")})
    own.append({"title": "Tokens", "icon": "key", "link": reverse("admin:tokens")})
    groups: list[dict[str, Any]] = [{"title": "", "items": own}]
    for title, labels in GROUPS.items():
        models = [(label, apps.get_model(label)) for label in labels]
        items = [
            {
                "title": str(model._meta.verbose_name_plural).capitalize(),
                "icon": ICONS[label],
                "link": reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"),
            }
            for label, model in models
            if admin.site._registry[model].has_view_permission(request)
        ]
        if items:
            groups.append({"title": title, "separator": True, "items": items})
    return groups


def favicon(request: HttpRequest) -> str:
    """The picture in the browser's tab."""
    return static("border/favicon.svg")


def review(request: HttpRequest) -> str:
    """How the review looks."""
    return static("border/review.css")


def pieces(request: HttpRequest) -> str:
    """What our own pages are made of."""
    return static("border/pieces.css")


def sameness(request: HttpRequest) -> str:
    """What the pages of records that may be one add to the pieces."""
    return static("border/sameness.css")


def lists(request: HttpRequest) -> str:
    """What the pages of lists add to the pieces."""
    return static("border/lists.css")


def style(request: HttpRequest) -> str:
    """What our pages add to the skin's style sheet."""
    return static("border/curation.css")


def skin(request: HttpRequest) -> str:
    """What the skin gets wrong, put right."""
    return static("border/skin.css")


def reach(request: HttpRequest) -> str:
    """What the skin leaves to the mouse, given to the keyboard."""
    return static("border/reach.js")
