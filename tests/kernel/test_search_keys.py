"""Search keys follow from the text, whichever way it is written."""

from collections.abc import Callable
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models.functions import Upper

from actors.models import Actor, ActorName
from border.kernel.audits import findings
from border.kernel.records import Keyed
from events.models import Event
from sources.models import Source
from territories.models import Territory, TerritoryName
from tests.factories import FACTORIES, EventFactory, SourceFactory, TerritoryFactory, TerritoryNameFactory

pytestmark = pytest.mark.django_db

KEYED = [model for model in apps.get_models() if issubclass(model, Keyed)]


def unsaved(model: type[models.Model], count: int) -> list[Any]:
    """Rows that are not in the database yet, whose references are."""
    rows = FACTORIES[model].build_batch(count)
    for row in rows:
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and not field.null:
                setattr(row, field.name, FACTORIES[field.related_model]())
    return rows


def by_save(rows: list[Any], text: str) -> None:
    for row in rows:
        setattr(row, row.keyed_by[0], text + row.slug if hasattr(row, "slug") else text)
        row.save(update_fields=[row.keyed_by[0]])


def by_bulk_update(rows: list[Any], text: str) -> None:
    for row in rows:
        setattr(row, row.keyed_by[0], text)
    type(rows[0])._default_manager.bulk_update(rows, [row.keyed_by[0]])


def by_update(rows: list[Any], text: str) -> None:
    chosen = type(rows[0])._default_manager.filter(pk__in=[row.pk for row in rows])
    assert chosen.update(**{rows[0].keyed_by[0]: text}) == len(rows)


def by_update_of_what_is_searched(rows: list[Any], text: str) -> None:
    """The rows are chosen by the very text that changes."""
    field = rows[0].keyed_by[0]
    chosen = type(rows[0])._default_manager.filter(**{f"{field}__in": [getattr(row, field) for row in rows]})
    assert chosen.update(**{field: text}) == len(rows)


def by_upsert(rows: list[Any], text: str) -> None:
    for row in rows:
        setattr(row, row.keyed_by[0], text)
    type(rows[0])._default_manager.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=[row.keyed_by[0]]
    )


@pytest.mark.parametrize("model", KEYED, ids=lambda model: model.__name__)
@pytest.mark.parametrize(
    "write", [by_save, by_bulk_update, by_update, by_update_of_what_is_searched, by_upsert]
)
def test_keys_are_those_of_the_text_however_it_is_written(
    model: type[models.Model], write: Callable[[list[Any], str], None]
) -> None:
    rows = model._default_manager.bulk_create(unsaved(model, 2))
    assert list(findings("search_keys_stale")) == []
    before = {tuple(row.search_keys) for row in model._default_manager.all()}
    write(rows, "القائم")
    assert list(findings("search_keys_stale")) == []
    assert before.isdisjoint({tuple(row.search_keys) for row in model._default_manager.all()})
    if issubclass(model, (ActorName, TerritoryName)):
        assert set(model._default_manager.values_list("script", flat=True)) == {"arab"}


def test_write_of_other_columns_leaves_the_keys_alone(django_assert_num_queries: Any) -> None:
    territory = TerritoryFactory()
    with django_assert_num_queries(1):
        Territory.objects.update(note="Seen.")
    with django_assert_num_queries(1):
        territory.save(update_fields=["note"])


def test_one_change_is_one_version_in_history() -> None:
    territory = TerritoryFactory()
    Territory.objects.update(name="Al-Qa'im")
    Territory.objects.update(name="Husaybah", name_ar="حصيبة")
    versions = Territory.pgh_event_model.objects.order_by("pgh_id")
    assert [version.name for version in versions] == [territory.name, "Al-Qa'im", "Husaybah"]
    assert list(findings("search_keys_stale")) == []


def test_text_that_only_the_database_knows_is_refused() -> None:
    with pytest.raises(TypeError, match=r"Territory\.name is keyed by Python: update it with a string"):
        Territory.objects.update(name=Upper("name"))


def test_bulk_writes_keep_the_days_of_a_name_too() -> None:
    name = TerritoryNameFactory(period="2014")
    TerritoryName.objects.filter(pk=name.pk).update(text="Wilayat al-Furat", period="2014-08/2017-11")
    assert list(findings("days_stale", "search_keys_stale")) == []
    name.refresh_from_db()
    assert name.certain.lower.isoformat() == "2014-08-31"


def test_keyed_noun_names_its_texts() -> None:
    assert set(KEYED) == {Actor, ActorName, Event, Source, Territory, TerritoryName}
    assert SourceFactory(title="Bukamal", title_original="البوكمال").keyed_texts() == ("Bukamal", "البوكمال")


def test_long_names_that_were_kept_with_more_keys_lose_these_when_the_site_is_brought_up_to_date() -> None:
    long = EventFactory(title="Attack on civilians: Hajj Bukamal - Civilians, Umm Al-Hari Huseiba town")
    short = EventFactory(title="Fighting in Bukamal")
    kept, few = sorted([*long.search_keys, "n:tknslnshjbkmlslnsmhrhsbtn"]), short.search_keys
    Event.objects.filter(pk=long.pk).update(search_keys=kept)
    import_module("events.migrations.0012_fewer_keys")._forwards(None, SimpleNamespace(connection=connection))
    assert Event.objects.get(pk=long.pk).search_keys == long.search_keys
    assert not any(key.startswith("n:") for key in long.search_keys)
    assert Event.objects.get(pk=short.pk).search_keys == few
    assert list(findings("search_keys_stale")) == []
