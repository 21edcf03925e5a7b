"""The site's table of contents."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/", include("border.api.urls")),
]
handler400 = "border.api.problems.bad_request"
handler404 = "border.api.problems.not_found"
handler500 = "border.api.problems.server_error"
