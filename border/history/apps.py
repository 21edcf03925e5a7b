"""What can be told and done with the history."""

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    """Reading the history of records, taking changes back, and the chain that proves it whole."""

    name = "border.history"
    label = "history"
    default_auto_field = "django.db.models.BigAutoField"
