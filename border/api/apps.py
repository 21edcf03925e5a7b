"""The read API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """JSON for researchers, from the published record only."""

    name = "border.api"
    label = "api"
