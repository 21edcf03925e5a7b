"""The territories app."""

from django.apps import AppConfig


class TerritoriesConfig(AppConfig):
    """Where: places, their outlines, what lay in what and when, crossings."""

    name = "territories"
    default_auto_field = "django.db.models.BigAutoField"
