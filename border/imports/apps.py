"""Datasets of others, taken in as they are."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Files of ACLED and UCDP: read, matched with what is there, looked over, written, taken back."""

    name = "border.imports"
    label = "imports"
    default_auto_field = "django.db.models.BigAutoField"
