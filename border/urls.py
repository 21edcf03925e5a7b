"""The site's table of contents."""

from django.contrib import admin
from django.urls import include, path

from border.api.health import alive, ready
from border.api.home import home
from border.api.release_pages import release, releases

urlpatterns = [
    path("", home, name="home"),
    path("admin/", admin.site.urls),
    path("api/", include("border.api.urls")),
    path("releases/", releases, name="releases"),
    path("releases/<str:release>/", release, name="release"),
    path("healthz", alive, name="healthz"),
    path("readyz", ready, name="readyz"),
]
handler400 = "border.admin_errors.bad_request"
handler403 = "border.admin_errors.forbidden"
handler404 = "border.admin_errors.not_found"
handler500 = "border.admin_errors.server_error"
