"""The events app."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """What happened: events, movements, episodes, findings."""

    name = "events"
    default_auto_field = "django.db.models.BigAutoField"
