"""How curators work together."""

from django.apps import AppConfig


class CurationConfig(AppConfig):
    """Comments, assignments, merges and judgements: what curators say to each other. Never public."""

    name = "border.curation"
    label = "curation"
    default_auto_field = "django.db.models.BigAutoField"
