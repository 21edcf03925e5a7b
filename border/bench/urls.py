"""The site, and beside it the rivals that answer the same question in other ways."""

from django.urls import include, path

from border.bench import rivals

urlpatterns = [
    path("bench/empty/", rivals.empty),
    path("bench/sql/", rivals.by_hand),
    path("bench/stock/", rivals.StockEvents.as_view()),
    path("", include("border.urls")),
]
