"""What is judged one by one: the fields of a record as readers see them, and the columns that they come from."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import CASCADE

from border.documents.fields import Date, Point
from border.documents.lists import Rows
from border.publication.endpoints import Endpoint

# The same in every version of a record.
_NAMES_IT = {"slug", "url"}


@dataclass(frozen=True)
class Judged:
    """One field of a public document: its name there and on the form, and the columns that it is made of.

    ``rows`` is the model of the rows that it lists, with ``owners``, their columns of the record: one, but of pairs. A field that is
    made of nothing of the record's own (the branches of a finding) has neither: it shows, and nobody judges it.
    """

    key: str
    name: str
    label: str
    columns: tuple[str, ...] = ()
    rows: type[Any] | None = None
    owners: tuple[str, ...] = ()

    @property
    def own(self) -> bool:
        """Whether it is the record's own and can be judged."""
        return bool(self.columns or self.rows)


@cache
def judged(endpoint: Endpoint) -> tuple[Judged, ...]:
    """The fields of the documents at ``endpoint``, in reading order."""
    fields = endpoint.document().fields.items()
    return tuple(_judged(endpoint.model, key, field) for key, field in fields if key not in _NAMES_IT)


def _judged(model: Any, key: str, field: Any) -> Judged:
    label = key.replace("_", " ")
    if isinstance(field, Date):
        return Judged(key, model.dated_by, label, (model.dated_by,))
    if isinstance(field, Point):
        return Judged(key, "longitude", label, ("longitude", "latitude", "uncertainty_m", "people_at_risk"))
    if isinstance(field, Rows):
        relation = model._meta.get_field(field.source)
        if relation.on_delete is CASCADE:
            rows = relation.related_model
            return Judged(key, str(field.source), label, (), rows, _owners(rows, model))
        return Judged(key, str(field.source), label)
    columns = {column.name: column for column in model._meta.concrete_fields}
    if column := columns.get(field.source):
        return Judged(key, column.name, str(column.verbose_name), (column.attname,))
    return Judged(key, key, label)


def _owners(rows: Any, model: Any) -> tuple[str, ...]:
    """The columns by which rows belong to a record of ``model``."""
    owned = (one for one in rows._meta.concrete_fields if one.related_model is model)
    return tuple(one.attname for one in owned if one.remote_field.on_delete is CASCADE)
