"""Tokens by which people's programs are told apart."""

from django.apps import AppConfig


class TokensConfig(AppConfig):
    """Tokens of staff, with which their programs may ask the read API more often than others."""

    name = "border.tokens"
    label = "tokens"
    default_auto_field = "django.db.models.BigAutoField"
