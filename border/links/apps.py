"""Events of several datasets that are one and the same."""

from django.apps import AppConfig


class LinksConfig(AppConfig):
    """Pairs of events that may be one: looked for, weighed, judged by people or above a threshold, counted once."""

    name = "border.links"
    label = "links"
    default_auto_field = "django.db.models.BigAutoField"
