"""The sources app."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """Who says so: sources, archived copies, citations, imports."""

    name = "sources"
    default_auto_field = "django.db.models.BigAutoField"
