"""The table of contents of the read API."""

from django.urls import path, re_path

from border.api.changes import ChangesHeadView, ChangesView
from border.api.citing import CiteView
from border.api.codebook import CodebookView
from border.api.docs import DocsView
from border.api.records import detail_view, list_view
from border.api.releases import FileView, ReleasesView, ReleaseView
from border.api.schema import SchemaView
from border.api.search import SearchView
from border.api.totals import TotalsView
from border.api.views import NothingView, RootView
from border.publication.endpoints import ENDPOINTS

urlpatterns = [
    path("v1/", RootView.as_view(), name="api-root"),
    *(path(f"v1/{name}/", list_view(name).as_view(), name=f"{name}-list") for name in ENDPOINTS),
    *(
        path(f"v1/{name}/<slug:slug>/", detail_view(name).as_view(), name=f"{name}-detail")
        for name in ENDPOINTS
    ),
    path("v1/totals/", TotalsView.as_view(), name="api-totals"),
    path("v1/changes/", ChangesView.as_view(), name="api-changes"),
    path("v1/changes/head/", ChangesHeadView.as_view(), name="api-changes-head"),
    path("v1/releases/", ReleasesView.as_view(), name="api-releases"),
    path("v1/releases/<str:release>/", ReleaseView.as_view(), name="api-release"),
    path("v1/releases/<str:release>/files/<str:file>", FileView.as_view(), name="api-release-file"),
    path("v1/search/", SearchView.as_view(), name="api-search"),
    path("v1/cite/", CiteView.as_view(), name="api-cite"),
    path("v1/codebook/", CodebookView.as_view(), name="api-codebook"),
    path("v1/schema/", SchemaView.as_view(), name="api-schema"),
    path("v1/docs/", DocsView.as_view(), name="api-docs"),
    re_path("", NothingView.as_view(), name="api-nothing"),
]
