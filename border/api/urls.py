"""The table of contents of the read API."""

from django.urls import path, re_path

from border.api.search import SearchView
from border.api.views import RootView, detail_view, list_view
from border.publication.endpoints import ENDPOINTS

SLUG = r"(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)"

urlpatterns = [
    path("", RootView.as_view(), name="root"),
    *(path(f"{name}/", list_view(name).as_view(), name=f"{name}-list") for name in ENDPOINTS),
    *(
        re_path(rf"^{name}/{SLUG}/$", detail_view(name).as_view(), name=f"{name}-detail")
        for name in ENDPOINTS
    ),
    path("search/", SearchView.as_view(), name="search"),
]
