"""What is published where: each endpoint's working table, its document, and what its rows are filtered by."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import models

from actors.serializers import ActorDocument, ControlledCrossingStatusDocument, RelationshipDocument
from border.documents.citations import Contested
from border.documents.fields import Document, public_point, shown
from border.documents.lists import passed_on
from border.documents.sql import column, quoted
from border.publication import models as published
from events.serializers import (
    BoundedAuthorityDocument,
    EpisodeDocument,
    EventDocument,
    FindingDocument,
    MovementDocument,
)
from sources.serializers import SourceDocument
from territories.serializers import ContainmentDocument, CrossingDocument, TerritoryDocument


@dataclass(frozen=True, eq=False)
class Endpoint:
    """One list of the API. ``columns`` are SQL over the working row ``r`` and its ``document``."""

    document: type[Document]
    published: type[published.Published]
    shown: str
    texts: tuple[str, ...] = ()
    sort: str = "r.slug"
    columns: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its path below /api/v1/."""
        return self.document.endpoint

    @property
    def model(self) -> Any:
        """The working table."""
        return self.document.model

    @property
    def table(self) -> str:
        """The published table, quoted."""
        return quoted(self.published)

    @property
    def leads(self) -> dict[str, str]:
        """The columns that hold slugs of other records, each with the endpoint of those records."""
        plural = {"actors": "actors", "roles": "actors", "territories": "territories"}
        found = {name: plural[name] for name in self.columns if name in plural}
        for own in self.model._meta.concrete_fields:
            if own.name in self.columns and own.is_relation:
                found[own.name] = endpoint_of(own.related_model).name
        return {**found, "sources": "sources"} if self.cited else found

    @property
    def dated(self) -> bool:
        """Whether its rows have a date or period."""
        return hasattr(self.model, "dated_by")

    @property
    def cited(self) -> bool:
        """Whether its rows have citations."""
        return "citations" in self.document().fields

    @property
    def named(self) -> bool:
        """Whether its rows have further names."""
        return "names" in self.document().fields


def slug_of(foreign_key: str) -> Callable[[Any], str]:
    """SQL of the slug that a foreign key of the working row leads to; empty where it leads nowhere."""

    def sql(model: Any) -> str:
        target = model._meta.get_field(foreign_key).related_model
        return f"coalesce((SELECT t.slug FROM {quoted(target)} t WHERE t.id = {column(model, 'r', foreign_key)}), '')"

    return sql


def slugs_of(*foreign_keys: str) -> Callable[[Any], str]:
    """SQL of the slugs that foreign keys of the working row lead to, without repetition or blanks."""

    def sql(model: Any) -> str:
        each = ", ".join(slug_of(name)(model) for name in foreign_keys)
        return f"ARRAY(SELECT DISTINCT u FROM unnest(ARRAY[{each}]) u WHERE u <> '' ORDER BY u)"

    return sql


def linked(relation: str, target: str, extra: str = "t.slug") -> Callable[[Any], str]:
    """SQL of the slugs that rows belonging to the working row lead to."""

    def sql(model: Any) -> str:
        child = model._meta.get_field(relation).related_model
        owner = model._meta.get_field(relation).field.name
        to = child._meta.get_field(target).related_model
        return (
            f"ARRAY(SELECT DISTINCT {extra} FROM {quoted(child)} c JOIN {quoted(to)} t ON t.id = {column(child, 'c', target)} "
            f"WHERE {column(child, 'c', owner)} = r.id ORDER BY 1)"
        )

    return sql


# Metres per degree of latitude, and of longitude at the equator, on a sphere of the earth's mean radius.
DEGREE_M = 111195.08
BORDER_LINE = f"""
border_line AS MATERIALIZED (
    SELECT (a.point->>0)::float8 AS ax, (a.point->>1)::float8 AS ay, (b.point->>0)::float8 AS bx, (b.point->>1)::float8 AS by
    FROM territories_outline o
    JOIN territories_territory t ON t.id = o.territory_id AND t.kind = 'border'
    LEFT JOIN published_territories k ON k.slug = t.slug AND upper_inf(k.known)
    LEFT JOIN sources_source s ON s.id = o.source_id
    CROSS JOIN LATERAL jsonb_array_elements(
        CASE o.geometry->>'type' WHEN 'LineString' THEN jsonb_build_array(o.geometry->'coordinates')
             WHEN 'MultiLineString' THEN o.geometry->'coordinates' ELSE '[]'::jsonb END) AS line(points)
    CROSS JOIN LATERAL jsonb_array_elements(line.points) WITH ORDINALITY AS a(point, n)
    JOIN LATERAL jsonb_array_elements(line.points) WITH ORDINALITY AS b(point, n) ON b.n = a.n + 1
    WHERE s.id IS NULL OR s.sensitivity = 'public' AND {passed_on("s")}
)
"""


def map_columns() -> dict[str, str]:
    """Columns of a record with a point: as readers may see it, its reach, and how far the border is."""
    longitude, latitude, uncertainty = public_point("r")
    north = f"(({uncertainty}) / {DEGREE_M})"
    east = f"(({uncertainty}) / ({DEGREE_M} * greatest(cos(radians({latitude})), 0.01)))"
    metres = (
        f"point((%s.{{0}} - {longitude}) * {DEGREE_M} * cos(radians({latitude})), (%s.{{1}} - {latitude}) * {DEGREE_M})"
    ).replace("%s", "b")
    near, far = metres.format("ax", "ay"), metres.format("bx", "by")
    return {
        "longitude": longitude,
        "latitude": latitude,
        "uncertainty_m": uncertainty,
        "reach": f"CASE WHEN r.longitude IS NULL THEN NULL ELSE box(point({longitude} - {east}, {latitude} - {north}), "
        f"point({longitude} + {east}, {latitude} + {north})) END",
        "border_m": f"CASE WHEN r.longitude IS NULL THEN NULL ELSE "
        f"(SELECT min(point(0, 0) <-> lseg({near}, {far})) FROM border_line b) END",
    }


def _endpoint(
    document: type[Document],
    table: type[published.Published],
    *,
    shown_as: str,
    texts: tuple[str, ...],
    sort: str = "r.slug",
    **columns: Any,
) -> Endpoint:
    model = document.model
    made = {name: made(model) if callable(made) else made for name, made in columns.items()}
    return Endpoint(document, table, shown(model, "r", shown_as), texts, sort, made)


_FIRST_DAY = "coalesce(to_char(lower(r.possible), 'YYYY-MM-DD'), '')"

# In the order in which records rest on each other: what is shown by name comes before what shows it.
ENDPOINTS: dict[str, Endpoint] = {
    endpoint.name: endpoint
    for endpoint in (
        _endpoint(
            SourceDocument,
            published.PublishedSource,
            shown_as="title",
            texts=("title", "title_original", "authors", "publisher", "note"),
            kind="r.kind",
            dataset="r.dataset",
        ),
        _endpoint(
            TerritoryDocument,
            published.PublishedTerritory,
            shown_as="name",
            texts=("name", "name_ar", "note"),
            kind="r.kind",
            territories="ARRAY[r.slug]::text[]",
            countries="r.countries::text[]",
            **map_columns(),
        ),
        _endpoint(
            ContainmentDocument,
            published.PublishedContainment,
            shown_as="slug",
            texts=("note",),
            kind="r.basis",
            basis="r.basis",
            child=slug_of("child"),
            parent=slug_of("parent"),
            territories=slugs_of("child"),
        ),
        _endpoint(
            CrossingDocument,
            published.PublishedCrossing,
            shown_as="territory.name",
            texts=("name_a", "name_b", "note"),
            kind="'crossing'",
            territories=slugs_of("territory"),
        ),
        _endpoint(
            ActorDocument,
            published.PublishedActor,
            shown_as="name",
            texts=("name", "name_ar", "note"),
            kind="r.kind",
            countries="r.countries::text[]",
            territories=slugs_of("home"),
            parent=slug_of("parent"),
        ),
        _endpoint(
            ControlledCrossingStatusDocument,
            published.PublishedCrossingStatus,
            shown_as="slug",
            texts=("traffic", "note"),
            sort=_FIRST_DAY,
            kind="r.state",
            crossing=slug_of("crossing"),
            status="r.state",
            mode="r.mode",
            actors=linked("controls", "actor"),
            territories="ARRAY(SELECT t.slug FROM territories_crossing c JOIN territories_territory t ON t.id = c.territory_id "
            "WHERE c.id = r.crossing_id)",
        ),
        _endpoint(
            RelationshipDocument,
            published.PublishedRelationship,
            shown_as="slug",
            texts=("sub_kind", "note", "date_verbatim"),
            sort=_FIRST_DAY,
            kind="r.kind",
            subject=slug_of("subject"),
            object=slug_of("object"),
            mode="r.mode",
            actors=slugs_of("subject", "object"),
            territories=slugs_of("territory"),
        ),
        _endpoint(
            EpisodeDocument,
            published.PublishedEpisode,
            shown_as="title",
            texts=("title", "description", "note"),
            sort="to_char(r.ordinal, 'FM000000.00')",
            kind="r.kind",
            parent=slug_of("parent"),
            territories=slugs_of("territory"),
        ),
        _endpoint(
            EventDocument,
            published.PublishedEvent,
            shown_as="title",
            texts=("title", "summary", "outcome", "note"),
            sort=_FIRST_DAY,
            kind="r.kind",
            episode=slug_of("episode"),
            contested=Contested().sql(EventDocument.model, "r"),
            actors=linked("participations", "actor"),
            roles="ARRAY(SELECT DISTINCT u FROM events_participation c JOIN actors_actor t ON t.id = c.actor_id "
            "CROSS JOIN LATERAL unnest(ARRAY[c.role, t.slug || '/' || c.role]) u WHERE c.event_id = r.id ORDER BY u)",
            territories=slugs_of("territory"),
            datasets="ARRAY(SELECT DISTINCT s.dataset FROM events_eventcitation c JOIN sources_source s ON s.id = c.source_id "
            "WHERE c.record_id = r.id AND s.dataset <> '' AND s.sensitivity = 'public' ORDER BY 1)",
            **map_columns(),
        ),
        _endpoint(
            BoundedAuthorityDocument,
            published.PublishedAuthority,
            shown_as="slug",
            texts=("sub_role", "note", "date_verbatim"),
            sort=_FIRST_DAY,
            kind="r.role",
            role="r.role",
            mode="r.mode",
            share="r.share",
            actors=slugs_of("actor"),
            territories=slugs_of("territory"),
        ),
        _endpoint(
            MovementDocument,
            published.PublishedMovement,
            shown_as="title",
            texts=("title", "purpose", "note"),
            sort=_FIRST_DAY,
            kind="r.kind",
            actors=slugs_of("mover"),
            origin=slug_of("origin"),
            destination=slug_of("destination"),
            via=slug_of("via"),
            episode=slug_of("episode"),
            territories=slugs_of("origin", "destination", "via"),
        ),
        _endpoint(
            FindingDocument,
            published.PublishedFinding,
            shown_as="statement",
            texts=("statement", "condition", "consequence", "note"),
            kind="r.kind",
            modality="r.modality",
            parent=slug_of("parent"),
            actors=linked("about_actors", "actor"),
            territories=linked("about_territories", "territory"),
        ),
    )
}

_BY_MODEL: dict[type[models.Model], Endpoint] = {endpoint.model: endpoint for endpoint in ENDPOINTS.values()}


def endpoint_of(record: Any) -> Endpoint:
    """The endpoint at which ``record``, or a record of this model, is published. Raises KeyError for others."""
    return _BY_MODEL[record if isinstance(record, type) else type(record)]


@cache
def compiled(endpoint: Endpoint) -> dict[str, str]:
    """Every column of the endpoint's published table but those of the ledger, as SQL over the working row ``r``."""
    row = "r"
    columns = {
        "document": endpoint.document.compiled(row),
        "shown": endpoint.shown,
        "sort": endpoint.sort,
        "possible": "r.possible" if endpoint.dated else "NULL::daterange",
        "certain": "r.certain" if endpoint.dated else "NULL::daterange",
        "confidence": "r.confidence",
        "refs": _distinct(endpoint.document.references(row)),
        **_cited(endpoint),
        "words": _words(endpoint),
        **endpoint.columns,
    }
    return {name: columns[name] for name in _ordered(endpoint, columns)}


def _ordered(endpoint: Endpoint, columns: dict[str, str]) -> list[str]:
    names = [str(field.column) for field in endpoint.published._meta.concrete_fields]
    own = [name for name in names if name not in {"sequence", "slug", "version", "known"}]
    if set(own) != set(columns):
        raise ValueError(f"{endpoint.name}: columns {set(own) ^ set(columns)} are declared on one side only.")
    return own


def _distinct(selects: list[str]) -> str:
    return (
        f"ARRAY(SELECT DISTINCT u.ref FROM ({' UNION ALL '.join(selects)}) u(ref) ORDER BY 1)"
        if selects
        else "'{}'::text[]"
    )


def _cited(endpoint: Endpoint) -> dict[str, str]:
    if not endpoint.cited:
        return {"sources": "'{}'::text[]", "stances": "'{}'::text[]"}
    table = quoted(endpoint.model._meta.get_field("citations").related_model)
    found = f"FROM {table} c JOIN sources_source s ON s.id = c.source_id WHERE c.record_id = r.id AND s.sensitivity = 'public'"
    return {
        "sources": f"ARRAY(SELECT DISTINCT s.slug::text {found} ORDER BY 1)",
        "stances": f"ARRAY(SELECT DISTINCT c.stance::text {found} AND {passed_on('s')} ORDER BY 1)",
    }


def _words(endpoint: Endpoint) -> str:
    parts = [column(endpoint.model, "r", name) for name in endpoint.texts]
    if endpoint.named:
        table = quoted(endpoint.model._meta.get_field("names").related_model)
        parts.append(
            f"(SELECT string_agg(n.text, ' ') FROM {table} n LEFT JOIN sources_source s ON s.id = n.source_id "
            f"WHERE n.record_id = r.id AND (s.id IS NULL OR s.sensitivity <> 'confidential' AND {passed_on('s')}))"
        )
    return f"to_tsvector('simple', concat_ws(' ', replace(r.slug, '-', ' '), {', '.join(parts)}))"


__all__ = ["BORDER_LINE", "ENDPOINTS", "Endpoint", "compiled", "endpoint_of"]
