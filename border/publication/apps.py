"""The published record."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """What readers see: append-only versions, a ledger, and the chain that proves them unchanged."""

    name = "border.publication"
    label = "publication"
    default_auto_field = "django.db.models.BigAutoField"
