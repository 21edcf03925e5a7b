"""The actors app."""

from django.apps import AppConfig


class ActorsConfig(AppConfig):
    """Who: actors, how they relate, and what authority they hold where."""

    name = "actors"
    default_auto_field = "django.db.models.BigAutoField"
