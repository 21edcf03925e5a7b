"""Releases of the published record."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    """Immutable snapshots of the published record, made to be cited."""

    name = "border.releases"
    label = "releases"
    default_auto_field = "django.db.models.BigAutoField"
