"""Fields that can be read from a record in Python and compiled to SQL, with the same result.

``sql(model, row)`` is an expression over the table alias ``row``; ``refs(model, row)`` are SELECTs of the records
that the field shows, as ``endpoint/slug``. Every field that is not a plain column says both.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any, ClassVar

from django.db import models
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from border.documents.sql import column, literal, quoted

Model = type[models.Model]

# A place that could endanger people is published on a grid of a tenth of a degree: about 11 by 9 km here.
GRID = Decimal("0.1")
GRID_SLACK_M = 8000


class Plain(serializers.Field):
    """A column shown as it is: text, number, boolean or list of texts."""

    def to_representation(self, value: Any) -> Any:
        """The value itself."""
        return value

    def get_attribute(self, instance: Any) -> Any:
        """The column's value, null included."""
        return getattr(instance, self.source)

    def sql(self, model: Model, row: str) -> str:
        """The column."""
        return column(model, row, self.source)

    def refs(self, model: Model, row: str) -> list[str]:
        """None."""
        return []


@extend_schema_field({"type": "string"})
class Text(Plain):
    """A text; empty where there is none."""


@extend_schema_field({"type": ["string", "null"]})
class OptionalText(Plain):
    """A text, or null where the column is empty."""

    def to_representation(self, value: Any) -> Any:
        """The text, or null."""
        return value or None

    def get_attribute(self, instance: Any) -> Any:
        """The text, or null where it is empty."""
        return super().get_attribute(instance) or None

    def sql(self, model: Model, row: str) -> str:
        """The column, its empty text turned into null."""
        return f"nullif({column(model, row, self.source)}, '')"


class Word(Plain):
    """A word of a vocabulary."""

    def __init__(self, vocabulary: Any = None, **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        super().__init__(**kwargs)


class Quantity(Plain):
    """A number of something. ``unit`` is what it counts or measures; empty where it only names or orders."""

    def __init__(self, unit: str = "", **kwargs: Any) -> None:
        self.unit = unit
        super().__init__(**kwargs)


@extend_schema_field({"type": ["integer", "null"]})
class Integer(Quantity):
    """A whole number or null."""


@extend_schema_field({"type": "boolean"})
class Boolean(Plain):
    """True or false."""


@extend_schema_field({"type": "array", "items": {"type": "string"}})
class Texts(Plain):
    """A list of texts, in the curator's order."""

    def to_representation(self, value: Any) -> Any:
        """The list."""
        return list(value)


def number(value: Decimal) -> int | float:
    """The JSON number of ``value``, without a needless fraction."""
    return int(value) if value == value.to_integral_value() else float(value)


@extend_schema_field({"type": ["number", "null"]})
class Number(Quantity):
    """A decimal number or null."""

    def to_representation(self, value: Any) -> Any:
        """The number, whole where it is."""
        return None if value is None else number(value)

    def sql(self, model: Model, row: str) -> str:
        """The column as a double, which prints as Python prints it."""
        return f"{column(model, row, self.source)}::float8"


DATE_SCHEMA = {
    "type": "object",
    "description": "A date or period: the EDTF text, and the inclusive days of its widest and narrowest reading.",
    "properties": {
        "edtf": {"type": "string", "description": "ISO 8601-2 text; empty where no date is known."},
        "possible": {
            "type": "array",
            "items": {"type": ["string", "null"], "format": "date"},
            "minItems": 2,
            "maxItems": 2,
            "description": "First and last day on which it may hold; null means open.",
        },
        "certain": {
            "type": ["array", "null"],
            "items": {"type": ["string", "null"], "format": "date"},
            "minItems": 2,
            "maxItems": 2,
            "description": "First and last day on which it surely holds; null when no day is certain.",
        },
    },
    "required": ["edtf", "possible", "certain"],
}


@extend_schema_field(DATE_SCHEMA)
class Date(serializers.Field):
    """The date or period of a record, with both its readings."""

    def get_attribute(self, instance: Any) -> Any:
        """The record itself: three columns make a date."""
        return instance

    def to_representation(self, value: Any) -> Any:
        """The text, and the inclusive days of both readings."""
        return {
            "edtf": getattr(value, value.dated_by),
            "possible": _days(value.possible),
            "certain": None if value.certain.isempty else _days(value.certain),
        }

    def sql(self, model: Any, row: str) -> str:
        """The same, by PostgreSQL."""
        return (
            f"(SELECT row_to_json(d) FROM (SELECT {column(model, row, model.dated_by)} AS edtf, "
            f"{_days_sql(row, 'possible')} AS possible, "
            f"CASE WHEN isempty({row}.certain) THEN NULL ELSE {_days_sql(row, 'certain')} END AS certain) d)"
        )

    def refs(self, model: Model, row: str) -> list[str]:
        """None."""
        return []


def _days(span: Any) -> list[str | None]:
    import datetime as dt

    last = None if span.upper is None else (span.upper - dt.timedelta(days=1)).isoformat()
    return [None if span.lower is None else span.lower.isoformat(), last]


def _days_sql(row: str, span: str) -> str:
    return (
        f"array_to_json(ARRAY[to_char(lower({row}.{span}), 'YYYY-MM-DD'), "
        f"to_char(upper({row}.{span}) - 1, 'YYYY-MM-DD')])"
    )


POINT_SCHEMA = {
    "type": ["object", "null"],
    "description": "A point with the distance by which it may be wrong; null where none is known.",
    "properties": {
        "longitude": {"type": "number", "description": "Degrees east of Greenwich, WGS 84."},
        "latitude": {"type": "number", "description": "Degrees north of the equator, WGS 84."},
        "uncertainty_m": {
            "type": "integer",
            "description": "Metres from the point within which the true place lies.",
        },
    },
    "required": ["longitude", "latitude", "uncertainty_m"],
}


@extend_schema_field(POINT_SCHEMA)
class Point(serializers.Field):
    """The point of a record, made coarse where an exact place could endanger people."""

    def get_attribute(self, instance: Any) -> Any:
        """The record itself, or nothing where it has no point."""
        return instance

    def to_representation(self, value: Any) -> Any:
        """Longitude, latitude and uncertainty in metres, or null."""
        if value.point is None:
            return None
        places, slack = value.point, 0
        if value.people_at_risk:
            places = tuple(place.quantize(GRID, ROUND_HALF_UP) for place in places)
            slack = GRID_SLACK_M
        longitude, latitude = (number(Decimal(place)) for place in places)
        return {"longitude": longitude, "latitude": latitude, "uncertainty_m": value.uncertainty_m + slack}

    def sql(self, model: Model, row: str) -> str:
        """The same, by PostgreSQL."""
        longitude, latitude, uncertainty = public_point(row)
        return (
            f"CASE WHEN {row}.longitude IS NULL THEN NULL ELSE (SELECT row_to_json(p) FROM (SELECT "
            f"{longitude} AS longitude, {latitude} AS latitude, {uncertainty} AS uncertainty_m) p) END"
        )

    def refs(self, model: Model, row: str) -> list[str]:
        """None."""
        return []


def public_point(row: str) -> tuple[str, str, str]:
    """SQL of the longitude, latitude and uncertainty of ``row`` as readers may see them."""
    coarse = f"CASE WHEN {row}.people_at_risk THEN round({row}.%s, 1) ELSE {row}.%s END::float8"
    return (
        coarse.replace("%s", "longitude"),
        coarse.replace("%s", "latitude"),
        f"{row}.uncertainty_m + CASE WHEN {row}.people_at_risk THEN {GRID_SLACK_M} ELSE 0 END",
    )


REFERENCE_SCHEMA = {
    "type": ["object", "null"],
    "description": "Another published record.",
    "properties": {"slug": {"type": "string"}, "name": {"type": "string"}},
    "required": ["slug", "name"],
}


@extend_schema_field(REFERENCE_SCHEMA)
class Reference(serializers.Field):
    """Another record, as its slug and the name by which it is shown."""

    def __init__(self, endpoint: str, *, name: str = "name", **kwargs: Any) -> None:
        self.endpoint, self.name = endpoint, name
        super().__init__(**kwargs)

    def get_attribute(self, instance: Any) -> Any:
        """The record referred to, or nothing."""
        return getattr(instance, self.source)

    def to_representation(self, value: Any) -> Any:
        """Its slug and name."""
        return {"slug": value.slug, "name": _follow(value, self.name)}

    def sql(self, model: Model, row: str) -> str:
        """The same, by PostgreSQL, with the name that readers know."""
        target = model._meta.get_field(self.source).related_model
        return f"(SELECT {self.of(target, 't', own=target is model)} FROM {quoted(target)} t WHERE t.id = {column(model, row, self.source)})"

    def of(self, target: Model, row: str, *, own: bool) -> str:
        """SQL of the reference to ``row`` of ``target``; ``own`` where records of one table show each other.

        Its name is the published one: a rename that nobody has reviewed shows nowhere. What a document shows
        of other tables is published before it; of its own table it may be published in the same statement.
        """
        name = known_name(self.endpoint, row, shown(target, row, self.name), own=own)
        return f"(SELECT row_to_json(x) FROM (SELECT {row}.slug AS slug, {name} AS name) x)"

    def refs(self, model: Model, row: str) -> list[str]:
        """The record referred to."""
        target = model._meta.get_field(self.source).related_model
        ref = f"{literal(self.endpoint + '/')} || t.slug"
        return [f"SELECT {ref} FROM {quoted(target)} t WHERE t.id = {column(model, row, self.source)}"]


def published_table(endpoint: str) -> str:
    """The table of the published record that holds ``endpoint``."""
    return f'"published_{endpoint.replace("-", "_")}"'


def known_name(endpoint: str, row: str, working: str, *, own: bool = False) -> str:
    """SQL of the name by which readers know ``row``, or ``working`` where it is not public yet.

    With ``own``, ``working`` too where its id is among the query's ``together``: those published with it.
    """
    known = f"(SELECT k.shown FROM {published_table(endpoint)} k WHERE k.slug = {row}.slug AND upper_inf(k.known))"
    name = f"coalesce({known}, {working})"
    # A list of constants, which PostgreSQL hashes once: a sub-query would be read again for every reference.
    return f"CASE WHEN {row}.id = ANY(%(together)s::bigint[]) THEN {working} ELSE {name} END" if own else name


def _follow(value: Any, path: str) -> Any:
    for step in path.split("."):
        value = getattr(value, step)
    return value


def shown(model: Any, row: str, path: str) -> str:
    """SQL of the name by which a ``row`` of ``model`` is shown.

    ``path`` may lead through one foreign key: a crossing is shown by the name that readers know of its territory.
    """
    if "." not in path:
        return column(model, row, path)
    first, rest = path.split(".", 1)
    target = model._meta.get_field(first).related_model
    # An endpoint is called by the plural of its noun.
    endpoint = str(target._meta.verbose_name_plural).replace(" ", "-")
    name = known_name(endpoint, "n", column(target, "n", rest))
    return f"(SELECT {name} FROM {quoted(target)} n WHERE n.id = {column(model, row, first)})"


@extend_schema_field({"type": "string", "format": "uri-reference"})
class Url(serializers.Field):
    """The address of the record on this site."""

    def __init__(self, endpoint: str, **kwargs: Any) -> None:
        self.endpoint = endpoint
        super().__init__(source="slug", **kwargs)

    def to_representation(self, value: Any) -> Any:
        """A path from the root of the site."""
        return f"/api/v1/{self.endpoint}/{value}/"

    def sql(self, model: Model, row: str) -> str:
        """The same, by PostgreSQL."""
        return f"{literal(f'/api/v1/{self.endpoint}/')} || {row}.slug || '/'"

    def refs(self, model: Model, row: str) -> list[str]:
        """None."""
        return []


class Document(serializers.Serializer):
    """A public shape. Its fields stand in reading order and all know how to compile themselves."""

    model: ClassVar[Any]
    endpoint: ClassVar[str] = ""

    @classmethod
    def compiled(cls, row: str) -> str:
        """SQL of the JSON of one ``row`` of the model's table: ``json``, keys in the order of the fields."""
        parts = ", ".join(f'{field.sql(cls.model, row)} AS "{name}"' for name, field in cls().fields.items())
        return f"(SELECT row_to_json(doc) FROM (SELECT {parts}) doc)"

    @classmethod
    def references(cls, row: str) -> list[str]:
        """SELECTs of all records that the document of ``row`` shows, as ``endpoint/slug``."""
        return [select for field in cls().fields.values() for select in field.refs(cls.model, row)]
