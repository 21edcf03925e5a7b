"""The interactive page of the API: Swagger UI from our own static files, without a script in the page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from border.api.asking import asked
from border.api.views import Reading


class DocsView(Reading):
    """The API as a page on which each question can be tried."""

    schema = None
    where = "the page of the API"

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """The page."""
        asked(request.META.get("QUERY_STRING", ""), self.parameters, self.where)
        page = render(request, "api/docs.html")
        page.headers["Cache-Control"] = "public, max-age=60"
        page.headers["Vary"] = "Authorization"
        return page
