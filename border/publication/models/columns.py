"""Column types of the published record that Django lacks."""

from typing import Any

from django.db import models


class JsonText(models.TextField):
    """JSON kept letter by letter (``json``, not ``jsonb``) and read as text."""

    def db_type(self, connection: Any) -> str:
        """PostgreSQL's json."""
        return "json"

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
        """Read as text: it goes to readers as it stands."""
        return f"{sql}::text", params


class BoxField(models.Field):
    """A box of PostgreSQL: two corners in degrees."""

    def db_type(self, connection: Any) -> str:
        """PostgreSQL's box."""
        return "box"
