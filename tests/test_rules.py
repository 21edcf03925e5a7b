"""Every rule of the working tables refuses its counter-example, by name; a rule without one fails here.

All of them are tried in SQL, past every line of Python.
"""

import itertools
import re
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models import CheckConstraint, UniqueConstraint
from psycopg import sql
from psycopg.types.json import Jsonb

from border.curation.models import Acceptance, Assignment, Comment
from border.jobs.models import Job
from border.kernel import rules
from border.kernel.records import Slugged
from border.kernel.writing import refuse
from border.links.models import Candidate, Linking
from border.tokens.models import Token
from events.models import Event
from territories.models import Containment
from tests.counter_examples import DAYS, EMPTY, EXAMPLES, ITSELF, NOON, IdOf, Values, examples, lookups
from tests.factories import (
    FACTORIES,
    ActorFactory,
    CasualtyFactory,
    ContainmentFactory,
    CrossingFactory,
    EpisodeFactory,
    EventFactory,
    FindingFactory,
    MatchFactory,
    MovementFactory,
    OutlineFactory,
    RelationshipFactory,
    SnapshotFactory,
    SourceFactory,
    TerritoryFactory,
)

pytestmark = pytest.mark.django_db

NOUNS = ("sources", "territories", "actors", "events")
TABLES = [
    model
    for noun in NOUNS
    for model in apps.get_app_config(noun).get_models()
    if not hasattr(model, "pgh_tracked_model")
]
TABLES += [Comment, Assignment, Acceptance, Job, Candidate, Linking, Token]
SLUGGED = [model for model in TABLES if issubclass(model, Slugged)]
CHECKS = [
    (model, rule) for model in TABLES for rule in model._meta.constraints if isinstance(rule, CheckConstraint)
]
UNIQUES = [
    (model, rule)
    for model in TABLES
    for rule in model._meta.constraints
    if isinstance(rule, UniqueConstraint)
]
KEYS = [
    (model, field)
    for model in TABLES
    for field in model._meta.concrete_fields
    if isinstance(field, models.ForeignKey)
]


def columns(row: models.Model) -> list[str]:
    return [field.column for field in row._meta.concrete_fields if not field.primary_key]


def insert_copy(row: models.Model, **values: Any) -> None:
    """A second row like ``row`` but for ``values``, written as somebody at psql would."""
    asked = [sql.Literal(values[name]) if name in values else sql.Identifier(name) for name in columns(row)]
    statement = sql.SQL("INSERT INTO {table} ({names}) SELECT {asked} FROM {table} WHERE id = {id}").format(
        table=sql.Identifier(row._meta.db_table),
        names=sql.SQL(", ").join(map(sql.Identifier, columns(row))),
        asked=sql.SQL(", ").join(asked),
        id=row.pk,
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)


def update_row(row: models.Model, **values: Any) -> None:
    """``row`` changed to ``values``, written as somebody at psql would."""
    settings = [
        sql.SQL("{} = {}").format(
            sql.Identifier(name), sql.Identifier("id") if value is ITSELF else sql.Literal(value)
        )
        for name, value in values.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("UPDATE {} SET {} WHERE id = {}").format(
                sql.Identifier(row._meta.db_table), sql.SQL(", ").join(settings), row.pk
            )
        )


def broken(write: Callable[..., None], row: models.Model, **values: Any) -> str | None:
    """The name of the rule by which the database refuses a write, deferred rules included; None if it does not."""
    try:
        with transaction.atomic():
            write(row, **values)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except IntegrityError as error:
        return error.__cause__.diag.constraint_name or str(error)
    return None


def holds(row: models.Model, name: str, /, **values: Any) -> bool | None:
    """What a CHECK says of ``row`` with ``values`` in the place of its own: true, false, or unknown."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conname = %s AND conrelid = %s::regclass",
            [name, row._meta.db_table],
        )
        (expression,) = cursor.fetchone()
        asked = [
            sql.SQL("{}::{} AS {}").format(
                sql.Literal(values[field.column]),
                sql.SQL(field.db_type(connection)),
                sql.Identifier(field.column),
            )
            if field.column in values
            else sql.Identifier(field.column)
            for field in row._meta.concrete_fields
        ]
        cursor.execute(
            sql.SQL("SELECT {expression} FROM (SELECT {asked} FROM {table} WHERE id = {id}) AS it").format(
                expression=sql.SQL(expression),
                asked=sql.SQL(", ").join(asked),
                table=sql.Identifier(row._meta.db_table),
                id=row.pk,
            )
        )
        return cursor.fetchone()[0]


def spoken_of(model: type[models.Model], name: str) -> list[str]:
    """The columns that a constraint speaks of."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey)"
            " WHERE conname = %s AND conrelid = %s::regclass ORDER BY attnum",
            [name, model._meta.db_table],
        )
        return [column for (column,) in cursor.fetchall()]


def filled(row: models.Model, values: Values) -> Values:
    """``values`` with the ids of ``row`` that they speak of."""
    return {
        name: getattr(row, f"{value.key}_id") if isinstance(value, IdOf) and value.key else value
        for name, value in values.items()
    }  # fmt: skip


def is_text_clean(rule: CheckConstraint) -> bool:
    return rule.name.endswith("_text_clean")


# The rules.


def test_every_check_has_a_counter_example() -> None:
    lacking = [rule.name for _, rule in CHECKS if not examples(rule) and not is_text_clean(rule)]
    assert not lacking, f"Write counter-examples of {lacking} into EXAMPLES."


def test_no_counter_example_is_left_of_a_rule_that_is_gone() -> None:
    assert set(EXAMPLES) <= {rule.name for _, rule in CHECKS}


def test_no_rule_stands_in_the_database_alone() -> None:
    """All CHECK, UNIQUE and exclusion rules of the working tables are declared by the models, and the reverse."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype IN ('c', 'u', 'x')
                AND conrelid::regclass::text = ANY (%(tables)s)
            UNION
            SELECT indrelid::regclass::text, indexrelid::regclass::text FROM pg_index
            WHERE indisunique AND NOT indisprimary AND indrelid::regclass::text = ANY (%(tables)s)
            """,
            {"tables": [model._meta.db_table for model in TABLES]},
        )
        there = set(cursor.fetchall())
    declared = {(model._meta.db_table, rule.name) for model, rule in [*CHECKS, *UNIQUES]}
    assert declared <= there
    # What a column's own type brings: a count is not negative, a slug or a one-to-one key is not used twice.
    assert {name for _, name in there - declared if not re.search(r"_(check|key)$", name)} == set()


def checks(model: type[models.Model]) -> list[CheckConstraint]:
    return [rule for rule in model._meta.constraints if isinstance(rule, CheckConstraint)]


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_check_refuses_its_counter_examples(model: type[models.Model]) -> None:
    row = FACTORIES[model]()
    for rule in checks(model):
        for values in examples(rule):
            write = update_row if ITSELF in values.values() else insert_copy
            assert broken(write, row, **filled(row, values)) == rule.name, values


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_check_never_answers_unknown(model: type[models.Model]) -> None:
    """A CHECK passes on NULL: each says true or false whichever of its columns are empty."""
    row = FACTORIES[model]()
    for rule in checks(model):
        empty_ones = [column for column in spoken_of(model, rule.name) if model._meta.get_field(column).null]
        for count in range(len(empty_ones) + 1):
            for chosen in itertools.combinations(empty_ones, count):
                assert holds(row, rule.name, **dict.fromkeys(chosen)) is not None, (rule.name, chosen)


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_person_at_the_form_is_told(model: type[models.Model]) -> None:
    """full_clean() gives the rule's own message, or a message at the very field where a type of field is stricter.

    Of each rule the first example is held against all rules of the model, the others against this one.
    """
    row = FACTORIES[model]()
    all_rules = row.get_constraints
    for rule in checks(model):
        named = {lookup.split("__")[0] for lookup, _ in lookups(rule.condition)}
        row.get_constraints = all_rules
        for values in examples(rule):
            if values.keys() & {"possible", "certain"}:
                continue  # these are derived: cleaning puts them right
            row.refresh_from_db()
            for name, value in filled(row, values).items():
                value = row.pk if value is ITSELF else value.obj if isinstance(value, Jsonb) else value  # noqa: PLW2901
                setattr(row, model._meta.get_field(name).attname, value)
            with pytest.raises(ValidationError) as caught:
                row.full_clean()
            told = caught.value.message_dict
            own = rule.violation_error_message in told.get(NON_FIELD_ERRORS, [])
            assert own or told.keys() & named, (rule.name, values, told)
            row.get_constraints = lambda alone=[(model, [rule])]: alone


def test_message_is_a_sentence_of_our_own() -> None:
    for _, rule in [*CHECKS, *UNIQUES]:
        message = str(rule.violation_error_message)
        assert message != str(rule.default_violation_error_message), rule.name
        assert message[0].isupper(), rule.name
        assert message.endswith("."), rule.name


def test_names_of_rules_are_whole_and_not_used_twice() -> None:
    """PostgreSQL cuts a name after 63 bytes without a word; the names of unique rules are those of their indexes."""
    names = [rule.name for _, rule in [*CHECKS, *UNIQUES]]
    assert [name for name in names if len(name) > 63] == []
    assert len(set(names)) == len(names)


BAD_LINES = ["a\tb", "a\nb", "a\x1bb", "a\x7fb", "a\x85b", "Qa\u202eim", "\u2066x", "a\u200bb", "\ufeffa", "a\u061cb", "<b>x", "</p>", "<!-- x", "<?x"]  # fmt: skip
BAD_TEXTS = ["a\rb", "a\x0bb", "a\x00b"[:1] + "\x01", "Qa\u202eim", "a\u2028b", "a\u200eb", "<script>", "<!x"]
GOOD_LINES = ["", "القائم", "Qa'im & sons", "5 < 6 > 4", "می\u200cخواهم", "“Wilayat al-Furat” – 2014"]
GOOD_TEXTS = [*GOOD_LINES, "two\nlines\tand a tab"]


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_no_text_hides_or_reorders_anything(model: type[models.Model]) -> None:
    row = FACTORIES[model]()
    for rule in filter(is_text_clean, checks(model)):
        covered = spoken_of(model, rule.name)
        assert covered
        for column in covered:
            several_lines = (f"{column}__regex", rules.TEXT) in lookups(rule.condition)
            for text in BAD_TEXTS if several_lines else BAD_LINES:
                assert holds(row, rule.name, **{column: text}) is False, (column, text)
            for text in GOOD_TEXTS if several_lines else GOOD_LINES:
                assert holds(row, rule.name, **{column: text}) is True, (column, text)
            bad = {column: "<b>" if several_lines else "\u202e"}
            assert broken(insert_copy, row, **bad), column


def test_texts_are_judged_by_the_database_as_by_the_importer() -> None:
    """Whatever character the importer refuses in a line of text for its own sake, the database refuses too."""
    event = EventFactory()
    differs = []
    for point in [*range(1, 0x0400), *range(0x0600, 0x0700), *range(0x2000, 0x2100), 0xFEFF]:
        text = f"1{chr(point)}2"
        refused = refuse(text) is not None and "normal form" not in str(refuse(text))
        if refused is holds(event, "event_text_clean", outcome=text):
            differs.append(f"U+{point:04X}")
    assert differs == ["U+200C", "U+200D"]  # the joiners: where they belong takes more than a pattern to tell


def test_line_ends_of_a_browser_are_no_fault() -> None:
    event = EventFactory()
    event.note = "From a form:\r\ntwo lines."
    event.full_clean()
    event.save()
    event.refresh_from_db()
    assert event.note == "From a form:\ntwo lines."


@pytest.mark.parametrize(("model", "rule"), UNIQUES, ids=[rule.name for _, rule in UNIQUES])
def test_same_statement_is_not_stored_twice(model: type[models.Model], rule: UniqueConstraint) -> None:
    row = FACTORIES[model](**({"kind": "fights"} if rule.name == "relationship_symmetric_once" else {}))
    other = {"slug": "another"} if model in SLUGGED else {}
    if model is Token:  # of two rules of this kind the other one is kept
        other = {"token_digest_once": {"label": "Another"}, "token_label_once": {"digest": "0" * 64}}[
            rule.name
        ]
    assert broken(insert_copy, row, **other) == rule.name
    row.pk, row._state.adding = None, True
    for name, value in other.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError) as caught:
        row.full_clean()
    assert rule.violation_error_message in caught.value.messages


@pytest.mark.parametrize("model", SLUGGED, ids=lambda model: model.__name__)
def test_slug_is_unique_and_forever(model: type[models.Model]) -> None:
    row = FACTORIES[model]()
    assert broken(insert_copy, row) == f"{model._meta.db_table}_slug_key"
    assert broken(update_row, row, slug="another") == "slug_is_forever"
    with (
        pytest.raises(IntegrityError, match=f"slug_is_forever: {row.slug} keeps its slug.*Make a new record"),
        transaction.atomic(),
    ):
        model._default_manager.filter(pk=row.pk).update(slug="another")
    assert broken(update_row, row, slug=row.slug) is None


def test_crossing_describes_a_territory_once() -> None:
    assert broken(insert_copy, CrossingFactory(), slug="b") == "territories_crossing_territory_id_key"


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_counts_are_not_negative(model: type[models.Model]) -> None:
    counts = [field for field in model._meta.concrete_fields if field.db_check(connection)]
    row = FACTORIES[model]()
    for field in counts:
        assert broken(insert_copy, row, **{field.column: -1}), field
        name = f"{model._meta.db_table}_{field.column}_check"
        assert holds(row, name, **{field.column: -1}) is False


# Rules over two rows.


def test_symmetric_relationship_is_stored_once_whichever_comes_first() -> None:
    one = RelationshipFactory(kind="fights", period="2014/2017")
    turned = {"subject_id": one.object_id, "object_id": one.subject_id}
    assert broken(insert_copy, one, **turned, slug="again") == "relationship_symmetric_once"
    assert broken(insert_copy, one, **turned, slug="later", period="2018") is None
    assert broken(insert_copy, one, **turned, slug="there", territory_id=TerritoryFactory().pk) is None
    assert broken(insert_copy, RelationshipFactory(kind="backs"), slug="backs-twice") is None


def test_casualty_names_an_actor_only_where_whom_is_one() -> None:
    claim = CasualtyFactory()
    for whom, actor in [("civilians", ActorFactory().pk), ("unknown", ActorFactory().pk)]:
        assert broken(insert_copy, claim, whom=whom, actor_id=actor) == "casualty_actor_with_whom"
    named = {"number": claim.number + 1, "whom": "actor", "actor_id": ActorFactory().pk}
    assert broken(insert_copy, claim, **named) is None


def lies_in(child: Any, parent: Any, period: str) -> Containment:
    made = ContainmentFactory(child=child, parent=parent, period=period)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    return made


def test_no_territory_lies_in_itself_on_any_day() -> None:
    town, district, province = TerritoryFactory.create_batch(3)
    lies_in(town, district, "2010/2020")
    lies_in(district, province, "2014/2017")
    with (
        pytest.raises(
            IntegrityError, match=r"containment_no_cycle: with .* would lie in itself.*Change the period"
        ),
        transaction.atomic(),
    ):
        lies_in(province, town, "2017-12-31/..")
    back = lies_in(province, town, "2018/..")
    assert broken(update_row, back, possible=DAYS, certain=EMPTY) == "containment_no_cycle"
    assert broken(update_row, back, parent_id=district.pk) is None
    with pytest.raises(IntegrityError, match="containment_no_cycle"), transaction.atomic():
        lies_in(district, town, "2019")


def test_circle_that_is_broken_before_the_transaction_ends_is_none() -> None:
    town, district = TerritoryFactory.create_batch(2)
    with transaction.atomic():
        wrong = ContainmentFactory(child=district, parent=town, period="2014")
        ContainmentFactory(child=town, parent=district, period="2014")
        wrong.child, wrong.parent = town, TerritoryFactory()
        wrong.save()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert Containment.objects.count() == 2


def test_two_transactions_cannot_close_a_circle_together() -> None:
    """The check is made by one transaction at a time, so that the second sees what the first has done."""
    lies_in(*TerritoryFactory.create_batch(2), "2014")  # from here on this transaction holds the lock
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND granted"
            " AND objid = (hashtext('containment_no_cycle')::bigint & 4294967295)::oid"
        )
        assert cursor.fetchone() == (1,)


# Rules over tables.


@pytest.mark.parametrize(
    ("model", "field"), KEYS, ids=[f"{model.__name__}.{field.name}" for model, field in KEYS]
)
def test_nothing_refers_to_what_is_not_there(model: type[models.Model], field: models.ForeignKey) -> None:
    row = FACTORIES[model]()
    target = field.related_model
    if getattr(row, field.attname) is None:
        values: Values = {field.name: FACTORIES[target]()}
        if model._meta.label == "events.Casualty" and field.name == "actor":
            values["whom"] = "actor"
        if model is Comment and field.name == "resolved_by":
            values["resolved_at"] = NOON
        if model is Job and field.name == "cancel_asked_by":
            values["cancel_asked_at"] = NOON
        if model is Linking and field.name == "undone_by":
            values["undone_at"] = NOON
        if model is Token and field.name == "revoked_by":
            values["revoked_at"] = NOON
        row = FACTORIES[model](**values)
    nowhere = 0 if field.name == "first" else 10**9
    refused_by = broken(update_row, row, **{field.column: nowhere})
    assert re.search(rf"_{field.column}_[0-9a-f]+_fk_", refused_by or ""), refused_by

    def delete(row: models.Model) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {row._meta.db_table} WHERE id = %s", [row.pk])

    assert "_fk_" in (broken(delete, getattr(row, field.name)) or "")
    rests = field.remote_field.on_delete is models.PROTECT
    kept = getattr(row, field.name)
    try:
        with transaction.atomic():
            kept.delete()
        deleted = True
    except models.ProtectedError:
        deleted = False
    assert deleted is not rests


TRACKED = [model for model in TABLES if any(t.name == "never_truncated" for t in getattr(model._meta, "triggers", []))]  # fmt: skip


@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model.__name__)
def test_no_table_is_emptied_past_its_history(model: type[models.Model]) -> None:
    with (
        pytest.raises(
            Exception, match=f"{model._meta.db_table} is never truncated: delete its rows"
        ) as caught,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")
    assert isinstance(caught.value.__cause__, psycopg.errors.RaiseException)


def test_every_trigger_that_guards_is_tried_here() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT regexp_replace(tgname, '^pgtrigger_(.*)_[0-9a-f]{5}$', '\\1') FROM pg_trigger"
            " WHERE tgname LIKE 'pgtrigger%%' AND tgrelid::regclass::text = ANY (%s)",
            [[model._meta.db_table for model in TABLES]],
        )
        guards = {name for (name,) in cursor.fetchall()} - {
            "insert_insert",
            "update_update",
            "delete_delete",
            "digest_of_raw",
        }
    assert guards == {"slug_is_forever", "never_truncated", "no_cycle"}


def test_bulk_writes_are_judged_too() -> None:
    ready = EventFactory.build(territory=TerritoryFactory(), kind="party")
    with pytest.raises(IntegrityError, match="event_kind_known"), transaction.atomic():
        Event.objects.bulk_create([ready])
    with pytest.raises(IntegrityError, match="finding_statement_present"), transaction.atomic():
        type(FindingFactory()).objects.update(statement="")
    for row in (MatchFactory(), MovementFactory(), OutlineFactory(), SnapshotFactory(), EpisodeFactory(), SourceFactory()):  # fmt: skip
        row.full_clean()
