"""Which connection a migration or a relation may use."""

from typing import Any


class OneSchema:
    """The reader connection is the same database in another role: nothing is migrated through it."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Whether ``db`` may be migrated."""
        return db != "reader"
