"""Names and literals of SQL, quoted."""

from typing import Any


def quoted(model: Any) -> str:
    """The table of ``model``."""
    return f'"{model._meta.db_table}"'


def column(model: Any, row: str, field: str) -> str:
    """The column of ``field`` in the row ``row``."""
    return f'{row}."{model._meta.get_field(field).column}"'


def literal(text: str) -> str:
    """``text`` as an SQL string."""
    return "'" + text.replace("'", "''") + "'"
