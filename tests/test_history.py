"""Whoever changes a row, however they do it, history has the row, who, when and why, in the order it happened."""

from typing import Any

import pghistory
import psycopg
import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.http import HttpResponse
from pghistory.models import Context

from border.kernel.history import HistoryEvent
from border.security import HistoryMiddleware
from events.models import Event, Finding
from sources.models import Batch, Source
from tests.factories import (
    FACTORIES,
    ActorFactory,
    BatchFactory,
    EventFactory,
    FindingFactory,
    SourceFactory,
    TerritoryFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

NOUNS = ("sources", "territories", "actors", "events")
HISTORIES = [model for model in apps.get_models() if issubclass(model, HistoryEvent)]
TRACKED = {history.pgh_tracked_model: history for history in HISTORIES}


def history(model: type[models.Model]) -> list[Any]:
    """The history of a table in the order in which it happened."""
    return list(TRACKED[model]._default_manager.order_by("pgh_id"))


def labels(model: type[models.Model]) -> list[str]:
    return [version.pgh_label for version in history(model)]


def run(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def signed_in() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        return cursor.fetchone()[0]


def change(row: models.Model) -> tuple[str, Any]:
    """A column of ``row`` and another value that it may take: a text, or another record to point to."""
    for field in row._meta.concrete_fields:
        if field.name in {"note", "locator", "reason", "key"}:
            return field.column, "Seen again on 2 May."
    if row._meta.model_name == "snapshot":
        return "media_type", "application/pdf"
    field = next(
        field for field in reversed(row._meta.concrete_fields) if isinstance(field, models.ForeignKey)
    )
    return field.column, FACTORIES[field.related_model]().pk


def test_every_working_table_has_a_history() -> None:
    ours = {model for noun in NOUNS for model in apps.get_app_config(noun).get_models()} - set(HISTORIES)
    assert ours - set(TRACKED) == {Batch}, "an import is itself part of history; everything else is tracked"


@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model.__name__)
def test_history_has_every_column(model: type[models.Model]) -> None:
    kept = {field.column: field for field in TRACKED[model]._meta.concrete_fields}
    for field in model._meta.concrete_fields:
        assert kept[field.column].db_type(connection) == field.rel_db_type(connection) or (
            kept[field.column].db_type(connection) == field.db_type(connection)
        ), field


@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model.__name__)
def test_insert_update_and_delete_in_plain_sql_are_recorded(model: type[models.Model]) -> None:
    row = FACTORIES[model]()
    column, value = change(row)
    before = getattr(row, column)
    with pghistory.context(user=7, reason="a correction"):
        run(f"UPDATE {row._meta.db_table} SET {column} = %s WHERE id = %s", value, row.pk)
    run(f"DELETE FROM {row._meta.db_table} WHERE id = %s", row.pk)
    inserted, updated, deleted = history(model)
    assert [version.pgh_label for version in (inserted, updated, deleted)] == ["insert", "update", "delete"]
    assert [getattr(version, column) for version in (inserted, updated, deleted)] == [before, value, value]
    assert {version.pgh_obj_id for version in (inserted, updated, deleted)} == {row.pk}
    assert {version.by_role for version in (inserted, updated, deleted)} == {signed_in()}
    assert updated.pgh_context.metadata == {"user": 7, "reason": "a correction"}
    assert inserted.pgh_context is None


def test_object_relational_writes_are_recorded_whole() -> None:
    event = EventFactory()
    event.outcome = "The garrison left."
    event.save()
    event.save(update_fields=["date"])
    Event.objects.filter(pk=event.pk).update(date="2014-06-23")
    event.delete()
    versions = history(Event)
    assert [version.pgh_label for version in versions] == ["insert", "update", "update", "delete"]
    assert [version.date for version in versions] == ["2014-06-22", "2014-06-22", "2014-06-23", "2014-06-23"]
    assert versions[2].possible.lower.isoformat() == "2014-06-23"


def test_update_that_changes_nothing_writes_no_history() -> None:
    event = EventFactory()
    event.save()
    Event.objects.update(outcome=event.outcome)
    run("UPDATE events_event SET title = title")
    run(
        "INSERT INTO events_event SELECT * FROM events_event ON CONFLICT (id) DO UPDATE SET title = EXCLUDED.title"
    )
    assert labels(Event) == ["insert"]


def test_update_that_changes_no_row_or_some_says_why_of_those_alone() -> None:
    held, _lost = EventFactory(outcome="Held"), EventFactory(outcome="Lost")
    with pghistory.context(reason="nothing"):
        run("UPDATE events_event SET outcome = outcome")
        run("UPDATE events_event SET outcome = 'Lost' WHERE false")
    with pghistory.context(reason="a correction"):
        run("UPDATE events_event SET outcome = 'Lost'")
    assert [metadata["reason"] for (metadata,) in Context.objects.values_list("metadata")] == ["a correction"]
    *_inserts, update = history(Event)
    assert (update.pgh_label, update.pgh_obj_id, update.outcome) == ("update", held.pk, "Lost")


def test_row_never_takes_another_number() -> None:
    event = EventFactory()
    with (
        pytest.raises(IntegrityError, match='"id" of relation "events_eventhistoryevent"'),
        transaction.atomic(),
    ):
        run("UPDATE events_event SET id = id + 1")
    assert labels(Event) == ["insert"]
    assert Event.objects.get().pk == event.pk


def test_bulk_writes_are_recorded_row_by_row() -> None:
    territory = TerritoryFactory()
    events = Event.objects.bulk_create(EventFactory.build_batch(3, territory=territory))
    for number, event in enumerate(events):
        event.outcome = f"Outcome {number}"
    Event.objects.bulk_update(events, ["outcome"])
    Event.objects.bulk_create(
        [EventFactory.build(slug=events[0].slug, territory=territory, outcome="By upsert")],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["outcome"],
    )
    Event.objects.all().delete()
    assert labels(Event) == [*["insert"] * 3, *["update"] * 4, *["delete"] * 3]
    assert [version.outcome for version in history(Event)][-3:].count("By upsert") == 1


def test_statements_over_many_rows_are_recorded_row_by_row() -> None:
    EventFactory.create_batch(3)
    run("UPDATE events_event SET outcome = 'Held' WHERE slug LIKE %s", "event-%")
    run("""
        MERGE INTO events_event e USING (SELECT max(id) AS last FROM events_event) m ON e.id = m.last
        WHEN MATCHED THEN UPDATE SET outcome = 'Lost'
    """)
    run("DELETE FROM events_event")
    assert labels(Event) == [*["insert"] * 3, *["update"] * 4, *["delete"] * 3]


def test_relations_with_many_are_recorded() -> None:
    finding, territory, actor = FindingFactory(), TerritoryFactory(), ActorFactory()
    finding.territories.add(territory)
    finding.actors.set([actor])
    finding.actors.clear()
    about = Finding._meta.get_field("actors").remote_field.through
    assert labels(about) == ["insert", "delete"]
    assert [version.actor_id for version in history(about)] == [actor.pk, actor.pk]
    assert labels(Finding._meta.get_field("territories").remote_field.through) == ["insert"]


def test_what_is_deleted_with_its_owner_is_recorded() -> None:
    citation = FACTORIES[apps.get_model("events", "EventCitation")]()
    citation.record.delete()
    assert labels(type(citation)) == ["insert", "delete"]


COPIED = "slug, kind, title, possible, certain"


def copy_in(table: str, *slugs: str) -> None:
    """COPY rows into ``table``, as a program that knows nothing of Django does."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({COPIED}) FROM STDIN") as copy:
        for slug in slugs:
            copy.write_row((slug, "report", "Copied in", "(,)", "empty"))


def test_copy_is_recorded() -> None:
    copy_in("sources_source", "a", "b", "c")
    assert [(version.slug, version.pgh_label) for version in history(Source)] == [
        ("a", "insert"),
        ("b", "insert"),
        ("c", "insert"),
    ]


def test_copy_by_way_of_a_staging_table_knows_why() -> None:
    """COPY itself goes past the words that carry the context; the statement that moves the rows on has it."""
    with pghistory.context(batch=12):
        run("CREATE TEMP TABLE staging AS SELECT * FROM sources_source WITH NO DATA")
        copy_in("staging", "a", "b")
        run(f"INSERT INTO sources_source ({COPIED}) SELECT {COPIED} FROM staging")
    assert {version.pgh_context.metadata["batch"] for version in history(Source)} == {12}


def test_order_is_that_of_one_sequence_over_all_tables() -> None:
    """Within a transaction all history has the same time; the numbers alone say what came first."""
    with transaction.atomic():
        source = SourceFactory()
        event = EventFactory()
        Source.objects.filter(pk=source.pk).update(title="Later")
        Event.objects.filter(pk=event.pk).update(outcome="Later still")
        source.delete()
    happened = sorted(
        (version.pgh_id, type(version).__name__, version.pgh_label, version.pgh_created_at)
        for model in (Source, Event)
        for version in history(model)
    )
    assert [(name, label) for _, name, label, _ in happened] == [
        ("SourceHistoryevent", "insert"),
        ("EventHistoryevent", "insert"),
        ("SourceHistoryevent", "update"),
        ("EventHistoryevent", "update"),
        ("SourceHistoryevent", "delete"),
    ]
    assert len({number for number, *_ in happened}) == len(happened)
    assert len({at for *_, at in happened}) == 1


def test_clock_that_goes_back_does_not_change_the_order() -> None:
    source = SourceFactory()
    Source.objects.update(title="Second")
    TRACKED[Source]._default_manager.filter(pgh_label="update").update(pgh_created_at="2001-01-01T00:00Z")
    assert labels(Source) == ["insert", "update"]
    assert history(Source)[-1].title == "Second"
    assert history(Source)[0].pgh_obj_id == source.pk


def test_request_says_who_and_where(rf: Any) -> None:
    """What is written during a request carries the person and the page."""
    person = UserFactory()

    def view(request: Any) -> HttpResponse:
        SourceFactory()
        return HttpResponse()

    request = rf.post("/admin/sources/source/add/")
    request.user = person
    HistoryMiddleware(view)(request)
    (version,) = history(Source)
    assert version.pgh_context.metadata == {
        "user": person.pk,
        "via": "admin",
        "path": "/admin/sources/source/add/",
    }


def test_rows_of_an_import_are_found_by_its_number() -> None:
    batch = BatchFactory()
    SourceFactory()
    with pghistory.context(batch=batch.pk):
        imported = SourceFactory()
        Source.objects.filter(pk=imported.pk).update(title="And again")
    touched = TRACKED[Source]._default_manager.filter(pgh_context__metadata__batch=batch.pk)
    assert {version.pgh_obj_id for version in touched} == {imported.pk}
    assert touched.count() == 2


def test_context_is_written_again_after_what_wrote_it_was_taken_back() -> None:
    source = SourceFactory()
    with transaction.atomic(), pghistory.context(why="First."):
        with transaction.atomic():
            Source.objects.update(note="Nobody sees this.")
            transaction.set_rollback(True)
        Source.objects.update(note="Seen.")
        with pghistory.context(why="Then."):
            Source.objects.update(note="Seen twice.")
    versions = [version for version in history(Source) if version.pgh_obj_id == source.pk][1:]
    assert [version.note for version in versions] == ["Seen.", "Seen twice."]
    assert [version.pgh_context.metadata["why"] for version in versions] == ["Then.", "Then."]


@pytest.mark.django_db(transaction=True)
def test_change_made_in_another_program_is_recorded() -> None:
    """Somebody at psql: another connection, no Django, a transaction of their own."""
    settings = connection.get_connection_params()
    asked = {
        name: settings[name] for name in ("user", "password", "host", "port", "dbname") if name in settings
    }
    source = SourceFactory()
    with psycopg.connect(**asked, autocommit=True) as psql:
        psql.execute("UPDATE sources_source SET note = 'Put right at psql' WHERE slug = %s", [source.slug])
    versions = history(Source)
    assert [version.pgh_label for version in versions] == ["insert", "update"]
    assert versions[1].note == "Put right at psql"
    assert versions[1].pgh_context is None
    assert versions[1].by_role == signed_in()
    assert versions[1].pgh_created_at > versions[0].pgh_created_at
