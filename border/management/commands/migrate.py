"""Django's migrate, after which the groups and their rights stand."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import DEFAULT_DB_ALIAS

from border import accounts


class Command(Migrate):
    """Migrate; when every app is up to date, make the groups with the rights that the models call for."""

    def handle(self, *args: Any, **options: Any) -> None:
        """As Django's, then the groups."""
        super().handle(*args, **options)
        partial = options["app_label"] or options["plan"] or options["check_unapplied"] or options["prune"]
        if not partial and options["database"] == DEFAULT_DB_ALIAS:
            accounts.grant()
