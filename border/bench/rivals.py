"""The same page of events, made the two usual ways: by hand-written SQL, and by a stock view with ideal prefetching."""

from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from rest_framework import generics, pagination, serializers

from actors.models import Actor
from events.models import Casualty, Episode, Event, EventCitation, Participation
from sources.models import Source
from territories.models import Territory


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing: what a request costs by itself."""
    return HttpResponse(b"{}", content_type="application/json")


DAYS = """array_to_json(ARRAY[to_char(lower(e.possible), 'YYYY-MM-DD'), to_char(upper(e.possible) - 1, 'YYYY-MM-DD')])"""
PAGE = f"""
SELECT array_to_json(array_agg(page.document ORDER BY page.day, page.slug))::text FROM (
    SELECT lower(e.possible) AS day, e.slug, (SELECT row_to_json(d) FROM (SELECT
        e.slug, '/api/v1/events/' || e.slug || '/' AS url, e.title, e.kind, e.sub_kind,
        (SELECT row_to_json(x) FROM (SELECT e.date AS edtf, {DAYS} AS possible,
            CASE WHEN isempty(e.certain) THEN NULL ELSE {DAYS.replace("possible", "certain")} END AS certain) x) AS date,
        e.date_verbatim, e.date_note,
        (SELECT row_to_json(x) FROM (SELECT t.slug, t.name) x) AS territory,
        CASE WHEN e.longitude IS NULL THEN NULL ELSE (SELECT row_to_json(x) FROM (SELECT e.longitude::float8 AS longitude,
            e.latitude::float8 AS latitude, e.uncertainty_m) x) END AS point,
        (SELECT row_to_json(x) FROM (SELECT p.slug, p.title AS name FROM events_episode p WHERE p.id = e.episode_id) x) AS episode,
        e.summary, e.outcome,
        EXISTS (SELECT FROM events_eventcitation c WHERE c.record_id = e.id AND c.stance = 'disputes') AS contested,
        coalesce((SELECT array_to_json(array_agg(row_to_json(x) ORDER BY x.role, x.actor->>'slug')) FROM (
            SELECT (SELECT row_to_json(y) FROM (SELECT a.slug, a.name) y) AS actor, p.role, p.sub_role, p.certainty,
                p.attributed_by, p.note
            FROM events_participation p JOIN actors_actor a ON a.id = p.actor_id WHERE p.event_id = e.id) x), '[]'::json)
            AS participations,
        coalesce((SELECT array_to_json(array_agg(row_to_json(x))) FROM (
            SELECT c.kind, c.whom, (SELECT row_to_json(y) FROM (SELECT a.slug, a.name FROM actors_actor a WHERE a.id = c.actor_id) y) AS actor,
                c.low, c.best, c.high,
                (SELECT row_to_json(y) FROM (SELECT s.slug, s.title AS name FROM sources_source s WHERE s.id = c.source_id) y) AS source,
                c.note
            FROM events_casualty c WHERE c.event_id = e.id ORDER BY c.number) x), '[]'::json) AS casualties,
        e.confidence, e.confidence_reason, e.note,
        coalesce((SELECT array_to_json(array_agg(row_to_json(x))) FROM (
            SELECT (SELECT row_to_json(y) FROM (SELECT s.slug, s.title AS name) y) AS source, c.locator, c.quote, c.attribute,
                c.asserted_value, c.stance, coalesce(nullif(c.reliability, ''), s.reliability) AS reliability,
                nullif(c.credibility, '') AS credibility, c.note
            FROM events_eventcitation c JOIN sources_source s ON s.id = c.source_id
            WHERE c.record_id = e.id ORDER BY c.number) x), '[]'::json) AS citations
    ) d) AS document
    FROM events_event e JOIN territories_territory t ON t.id = e.territory_id
    WHERE t.slug = %s AND e.possible && daterange(%s, %s, '[]')
    ORDER BY lower(e.possible), e.slug LIMIT 100
) page
"""


def by_hand(request: HttpRequest) -> HttpResponse:
    """The page by one hand-written statement over the working tables."""
    with connection.cursor() as cursor:
        cursor.execute(PAGE, [request.GET["territory"], request.GET["from"], request.GET["to"]])
        found = cursor.fetchone()[0] or "[]"
    return HttpResponse(f'{{"next":null,"previous":null,"results":{found}}}', content_type="application/json")


class _Reference(serializers.ModelSerializer[Any]):
    class Meta:
        fields = ["slug", "name"]


class _Territory(_Reference):
    class Meta(_Reference.Meta):
        model = Territory


class _Actor(_Reference):
    class Meta(_Reference.Meta):
        model = Actor


class _Episode(serializers.ModelSerializer[Any]):
    class Meta:
        model = Episode
        fields = ["slug", "title"]


class _Source(serializers.ModelSerializer[Any]):
    class Meta:
        model = Source
        fields = ["slug", "title"]


class _Participation(serializers.ModelSerializer[Any]):
    actor = _Actor()

    class Meta:
        model = Participation
        fields = ["actor", "role", "sub_role", "certainty", "attributed_by", "note"]


class _Casualty(serializers.ModelSerializer[Any]):
    actor = _Actor()
    source = _Source()

    class Meta:
        model = Casualty
        fields = ["kind", "whom", "actor", "low", "best", "high", "source", "note"]


class _Citation(serializers.ModelSerializer[Any]):
    source = _Source()

    class Meta:
        model = EventCitation
        fields = [
            "source",
            "locator",
            "quote",
            "attribute",
            "asserted_value",
            "stance",
            "reliability",
            "credibility",
            "note",
        ]


class _Event(serializers.ModelSerializer[Any]):
    territory = _Territory()
    episode = _Episode()
    participations = _Participation(many=True)
    casualties = _Casualty(many=True)
    citations = _Citation(many=True)

    class Meta:
        model = Event
        fields = [
            "slug",
            "title",
            "kind",
            "sub_kind",
            "date",
            "date_verbatim",
            "date_note",
            "territory",
            "longitude",
            "latitude",
            "uncertainty_m",
            "episode",
            "summary",
            "outcome",
            "participations",
            "casualties",
            "confidence",
            "confidence_reason",
            "note",
            "citations",
        ]


class _Pages(pagination.CursorPagination):
    page_size = 100
    ordering = ("possible", "slug")


class StockEvents(generics.ListAPIView[Any]):
    """The page by ModelSerializers, cursor pagination and one query per relation."""

    serializer_class = _Event
    pagination_class = _Pages

    def get_queryset(self) -> Any:
        """The events of the territory and the window, with all that their serializers touch."""
        wanted = self.request.GET
        return (
            Event.objects.filter(
                territory__slug=wanted["territory"], possible__overlap=(wanted["from"], wanted["to"])
            )
            .select_related("territory", "episode")
            .prefetch_related(
                "participations__actor", "casualties__actor", "casualties__source", "citations__source"
            )
        )
