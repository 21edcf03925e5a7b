"""Texts of several lines, kept in one form whichever browser or spreadsheet they come from."""

from typing import Any

from django.db import models


class Prose(models.TextField):
    """A text whose lines end in a line feed alone. Browsers send a carriage return with it; cleaning drops that."""

    def to_python(self, value: Any) -> Any:
        """The text with its line ends in one form."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text

    def deconstruct(self) -> Any:
        """To migrations an ordinary text column."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs
