"""The rows of a form, drawn from a pattern: rows of one kind differ in their number and in what stands in their inputs.

A form with fifty citations has five hundred labels, words of help and lists of choices. What is drawn here is what the
template of a row says: a test compares the two for every form.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any, Self

from django.contrib.admin.helpers import InlineAdminFormSet
from django.contrib.admin.utils import flatten_fieldsets
from django.forms import BoundField, ChoiceField, Media, ModelChoiceField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

# Stand for the prefix of a row and for an input in what is drawn once for all rows.
PREFIX, HOLE = "__row__-", "<!-- input -->"


class RowSet(InlineAdminFormSet):
    """The rows that a record owns, as its form shows them."""

    # The text around the inputs of a row.
    pattern: list[str]
    # Inputs in which nothing stands, or a word of a list: by field and value.
    drawn: dict[tuple[str, Any], str]

    @classmethod
    def of(cls, rows: InlineAdminFormSet) -> Self:
        """These ``rows``, to be drawn from a pattern."""
        made = cls.__new__(cls)
        vars(made).update(vars(rows), pattern=[], drawn={})
        return made

    def __iter__(self) -> Iterator[Any]:
        """As Django's; each row knows how its lines are drawn."""
        row: Any
        for row in super().__iter__():
            row.lines = partial(self._lines, row)
            yield row

    @property
    def media(self) -> Media:
        """What the rows need: one says it for all."""
        media = self.opts.media + self.formset.media
        row = next(iter(self), None)
        return media if row is None else media + row.media

    def _lines(self, row: Any) -> str:
        """The fields of a row in their lines."""
        form, names = row.form, flatten_fieldsets(self.fieldsets)
        if form.errors or row.readonly_fields:
            return lines(row)
        prefix = f"{form.prefix}-"
        if not self.pattern:
            self.pattern = lines(row, hole=SafeString(HOLE)).replace(prefix, PREFIX).split(HOLE)
        texts = [self.pattern[0].replace(PREFIX, prefix)]
        for name, after in zip(names, self.pattern[1:], strict=True):
            texts += [self._input(form[name], prefix), after.replace(PREFIX, prefix)]
        # Every part of it was drawn by a template or by the renderer of forms.
        return SafeString("".join(texts))

    def _input(self, bound: BoundField, prefix: str) -> str:
        """An input of the row of that ``prefix``."""
        value = bound.value()
        worded = isinstance(bound.field, ChoiceField) and not isinstance(bound.field, ModelChoiceField)
        if value and not (worded and isinstance(value, str)):
            return str(bound)
        key = bound.name, value or ""
        if key not in self.drawn:
            self.drawn[key] = str(bound).replace(prefix, PREFIX)
        return self.drawn[key].replace(PREFIX, prefix)


def lines(row: Any, hole: str = "") -> str:
    """The fields of a row in their lines, as the template says; with a ``hole`` in the place of each input."""
    return render_to_string("admin/row_lines.html", {"row": row, "hole": hole})
