"""Long work, done outside of requests."""

from django.apps import AppConfig
from django.core.checks import register

from border.jobs.checks import patience


class JobsConfig(AppConfig):
    """Work that somebody asked for and a worker does: imports, their undoing, big publications."""

    name = "border.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have its settings checked before they are used in public."""
        register(patience, deploy=True)
