"""The habits of the house, checked on everything there is: a new model or file keeps them or fails here."""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands, load_command_class
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader

from border.history.tables import owners, tracked
from border.kernel.dates import EDTFField
from border.kernel.edtf import bounds
from border.kernel.history import HistoryEvent
from border.kernel.rules import LINE, MARKUP, TEXT
from border.kernel.vocabulary import Vocabulary

ROOT = Path(__file__).parents[1]
PACKAGES = ("border", "sources", "territories", "actors", "events")
NOUNS = PACKAGES[1:]
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
WRITTEN = [path for path in MODULES if "migrations" not in path.parts]
OURS = [
    model
    for model in apps.get_models()
    if model.__module__.split(".")[0] in PACKAGES and not issubclass(model, HistoryEvent)
]
WORKING = [model for model in OURS if model._meta.app_label in NOUNS]
FIELDS = [(model, field) for model in WORKING for field in model._meta.concrete_fields]
RELATIONS = [
    (model, field) for model in OURS for field in model._meta.get_fields() if isinstance(field, models.ForeignKey)
]  # fmt: skip
VOCABULARIES = sorted(Vocabulary.__subclasses__(), key=lambda vocabulary: vocabulary.__name__)

# What belongs to a record and goes with it. Everything else is kept from deletion while something rests on it.
OWNED = {
    "sources.Snapshot.source",
    "territories.TerritoryName.record",
    "territories.Outline.territory",
    "actors.ActorName.record",
    "actors.CrossingControl.crossing_status",
    "events.Participation.event",
    "events.Casualty.event",
    "events.AuthorityEvent.authority",
    "events.FindingActor.finding",
    "events.FindingTerritory.finding",
    "events.Match.first",
    "events.Match.second",
    "imports.Meant.actor",
}


def named(model: type[models.Model], field: models.Field) -> str:
    return f"{model._meta.label}.{field.name}"


# Models


def test_what_others_rest_on_is_protected_and_only_what_is_owned_goes_along() -> None:
    for model, field in RELATIONS:
        owned = named(model, field) in OWNED
        owned = owned or (model.__name__.endswith("Citation") and field.name == "record")
        kept = models.CASCADE if owned else models.PROTECT
        assert field.remote_field.on_delete is kept, named(model, field)


def test_no_pair_is_declared_owned_that_is_gone() -> None:
    assert {named(model, field) for model, field in RELATIONS} >= OWNED


def test_relation_has_a_name_from_the_other_side() -> None:
    for model, field in RELATIONS:
        assert field.remote_field.related_name, named(model, field)
        assert not field.remote_field.related_name.endswith("_set"), named(model, field)


def test_field_is_explained_to_curators_and_in_the_database() -> None:
    """In db_comment for anyone with psql, in help_text for the person at the form."""
    for model, field in FIELDS:
        if not field.primary_key:
            assert field.db_comment, named(model, field)
            assert field.db_comment.rstrip(")").endswith("."), named(model, field)
            assert field.help_text or not field.editable, named(model, field)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_model_says_what_a_row_is(model: type[models.Model]) -> None:
    assert model._meta.db_table_comment
    first = inspect.getdoc(model).splitlines()[0]
    assert first.endswith((".", ".)"))
    assert not first.startswith(model.__name__), "say what a row is; Django writes its fields by itself"


def test_column_is_a_plain_noun() -> None:
    for model, field in FIELDS:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", field.name), named(model, field)
        assert not {"data", "info", "manager", "misc"} & set(field.name.split("_")), named(model, field)
        if isinstance(field, models.DateTimeField):
            assert field.name.endswith("_at"), f"{named(model, field)}: an instant ends in _at"


def vocabulary_of(field: models.Field) -> type[Vocabulary] | None:
    words = {value for value, _ in field.flatchoices}
    return next((one for one in VOCABULARIES if set(one.values) == words), None)


def test_vocabulary_is_kept_by_the_database() -> None:
    for model, field in FIELDS:
        if not field.choices:
            continue
        vocabulary = vocabulary_of(field)
        assert vocabulary, f"{named(model, field)}: take the words from a Vocabulary"
        rule = next(
            rule
            for rule in model._meta.constraints
            if rule.name.endswith(f"{field.name}_known") and f"{field.name}__in" in str(rule.condition)
        )
        ((_, words),) = rule.condition.children
        assert set(words) - {""} == set(vocabulary.values), rule.name
        assert ("" in words) is field.blank, rule.name
        assert max(map(len, vocabulary.values)) <= field.max_length, rule.name


def forms(model: type[models.Model]) -> dict[str, set[object]]:
    """The patterns by which the rules of ``model`` judge each of its texts."""

    def comparisons(condition: models.Q) -> Iterator[tuple[str, object]]:
        for child in condition.children:
            if isinstance(child, models.Q):
                yield from comparisons(child)
            elif isinstance(child, tuple):
                yield child

    found: dict[str, set[object]] = {}
    for rule in model._meta.constraints:
        if isinstance(rule, models.CheckConstraint):
            for lookup, value in comparisons(rule.condition):
                if lookup.endswith("__regex"):
                    found.setdefault(lookup.removesuffix("__regex"), set()).add(value)
    return found


def test_no_text_escapes_the_rule_of_clean_texts() -> None:
    seen = 0
    for model, field in FIELDS:
        text = isinstance(field, models.CharField | models.TextField | models.FileField)
        patterns = forms(model).get(field.name, set())
        if not text or field.choices:
            continue
        if field.name in {"slug", "sha256", "media_type"}:  # their forms are narrower than any clean text
            assert any(str(pattern).startswith("^") for pattern in patterns), named(model, field)
            continue
        seen += 1
        assert MARKUP in patterns, named(model, field)
        assert patterns & {LINE, TEXT}, named(model, field)
        if isinstance(field, models.TextField):
            assert TEXT in patterns, f"{named(model, field)}: a text of several lines keeps its lines"
    assert seen > 100


# Vocabularies


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda one: one.__name__)
def test_vocabulary_explains_each_of_its_words(vocabulary: type[Vocabulary]) -> None:
    assert inspect.getdoc(vocabulary).endswith("."), "say in a sentence what the words are about"
    assert inspect.getdoc(vocabulary) != inspect.getdoc(Vocabulary)
    for member in vocabulary:
        assert member.meaning.endswith("."), f"{member!r}: say in a sentence what the word asserts"
        assert member.label
        if vocabulary.__name__ not in {"Reliability", "Credibility"}:  # NATO's own grades
            assert member.label[0].isupper()
            assert re.fullmatch(r"[a-z]+(_[a-z]+)*", member.value), "words are lower case: they stand in URLs"
        assert len(member.meaning) <= 160
    assert len({member.meaning for member in vocabulary}) == len(vocabulary)


# The database


def test_every_table_and_column_has_a_comment(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT relname, '' FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm', 'p')
                AND coalesce(obj_description(oid, 'pg_class'), '') !~ '\\.$'
            UNION ALL
            SELECT relname, attname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm', 'p')
                AND attnum > 0 AND NOT attisdropped
                AND coalesce(col_description(attrelid, attnum), '') = ''
        """)
        assert cursor.fetchall() == [], "in the migration that makes it: COMMENT ON COLUMN … IS '…'"


def test_comment_of_a_history_says_of_what(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT obj_description('events_eventhistoryevent'::regclass), obj_description('events_event'::regclass)"
        )
        of_history, of_table = cursor.fetchone()
    assert of_history == f"History of events_event: every version of every row. {of_table}"


def test_no_index_is_the_beginning_of_another(db: None) -> None:
    """Whatever it finds the other one finds, and each costs every write. Those that Django has itself aside."""
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT a.indexrelid::regclass::text, b.indexrelid::regclass::text
            FROM pg_index a JOIN pg_index b USING (indrelid)
            JOIN pg_class one ON one.oid = a.indexrelid JOIN pg_class other ON other.oid = b.indexrelid
            WHERE a.indexrelid <> b.indexrelid AND one.relam = other.relam AND NOT a.indisunique
                AND a.indpred IS NULL AND b.indpred IS NULL AND a.indexprs IS NULL AND b.indexprs IS NULL
                AND b.indkey::text || ' ' LIKE a.indkey::text || ' %' AND a.indclass[0] = b.indclass[0]
                AND one.relname !~ '^(auth|django|procrastinate)_' AND one.relnamespace = 'public'::regnamespace
        """)
        assert cursor.fetchall() == [], "db_index=False on the field that has an index of its own"


def test_history_is_looked_up_by_row_owner_and_context_only(db: None) -> None:
    for model, history in tracked().items():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]"
                " WHERE indrelid = %s::regclass",
                [history._meta.db_table],
            )
            found = {column for (column,) in cursor.fetchall()}
        owned = {column for _, column in owners(model)}
        assert found == {"pgh_id", "pgh_obj_id", "pgh_context_id", *owned}, history


def test_every_day_is_found_by_index(db: None) -> None:
    """The widest reading of every date has its GiST index; what is certain is possible."""
    for model in WORKING:
        columns = {field.column for field in model._meta.concrete_fields}
        if "possible" in columns:
            indexed = {tuple(index.fields) for index in model._meta.indexes}
            assert ("possible",) in indexed, model


# Migrations


@pytest.mark.parametrize("app", [*NOUNS, "history", "publication", "jobs", "tokens", "releases"])
def test_migrations_are_named_numbered_and_in_one_line(app: str) -> None:
    loader = MigrationLoader(None)
    names = sorted(name for label, name in loader.disk_migrations if label == app)
    for number, name in enumerate(names, start=1):
        assert name.startswith(f"{number:04}_"), f"{name}: numbers follow each other"
        assert not re.search(r"_auto_|_and_more$|_merge_|\d{8}", name), f"{name}: say what it does"
        own = [
            dependency
            for dependency in loader.disk_migrations[app, name].dependencies
            if dependency[0] == app
        ]
        assert own == ([(app, names[number - 2])] if number > 1 else [])
    assert loader.graph.leaf_nodes(app) == [(app, names[-1])]


# Files


def docstring_lacking(path: Path) -> Iterator[str]:
    """What of a module should have a docstring and has none, by the rules for its kind of file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    where = path.relative_to(ROOT).as_posix()
    kernel = where.startswith("border/kernel/")
    every = kernel or path.stem in {"audits", "operations", "resources"}
    classes = (
        every or path.stem in {"choices", "serializers", "views", "models"} or path.parent.stem == "models"
    )
    if not ast.get_docstring(tree) and path.stat().st_size:
        yield f"{where} has no docstring"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            if every and not node.name.startswith("_") and not ast.get_docstring(node):
                yield f"{where}: {node.name}() has no docstring"
        elif isinstance(node, ast.ClassDef):
            public = (classes or path.parent.stem == "commands") and not node.name.startswith("_")
            if public and not ast.get_docstring(node):
                yield f"{where}: {node.name} has no docstring"
            words = kernel or any("QuerySet" in ast.unparse(base) for base in node.bases)
            for method in node.body if words else []:
                public = isinstance(method, ast.FunctionDef) and not method.name.startswith("_")
                if public and not ast.get_docstring(method):
                    yield f"{where}: {node.name}.{method.name}() has no docstring"


def test_what_others_rely_on_says_what_it_is() -> None:
    lacking = [sentence for path in WRITTEN for sentence in docstring_lacking(path)]
    assert not lacking, "\n".join(lacking)


def test_modules_are_short() -> None:
    """A module over 400 lines is two questions; models become a folder with a file for each."""
    long = {}
    for path in WRITTEN:
        count = len(path.read_text(encoding="utf-8").splitlines())
        if count > 400:
            long[path.relative_to(ROOT).as_posix()] = count
    assert not long


def test_module_is_a_noun_or_a_question() -> None:
    vague = {"utils", "util", "common", "helpers", "helper", "services", "service", "manager", "managers", "misc", "base"}  # fmt: skip
    assert [path for path in MODULES if {path.stem, path.parent.name} & vague] == []


def test_nothing_is_left_for_later() -> None:
    """The line of a repair that was put off."""
    later = re.compile(r"#\s*(TODO|FIXME|XXX|HACK)\b")
    assert [path for path in MODULES if later.search(path.read_text(encoding="utf-8"))] == []


# Commands


OUR_COMMANDS = sorted(name for name, app in get_commands().items() if app in {*PACKAGES, "border.publication", "border.api"})  # fmt: skip


@pytest.mark.parametrize("name", OUR_COMMANDS)
def test_command_is_a_verb_whose_docstring_is_its_help(name: str) -> None:
    command = load_command_class(get_commands()[name], name)
    assert inspect.getdoc(type(command))
    if "help" in vars(type(command)):  # else it does what Django's own does, and more
        assert inspect.cleandoc(command.help) == inspect.getdoc(type(command))


def test_commands_are_there() -> None:
    assert {"audit", "demo", "dump", "load", "verify"} <= set(OUR_COMMANDS)


# Dates


def test_examples_in_help_texts_are_dates() -> None:
    """What a form tells people to write for a date is understood."""
    told = {
        example.rstrip(",;: ") if example.endswith("..") else example.rstrip(".,;: ")
        for _, field in FIELDS
        if isinstance(field, EDTFField)
        for example in re.findall(r"(?<!\w)[12]\d\d[\dX][-\d~?/.]*", field.help_text)
    }
    assert len(told) > 8
    for example in told:
        assert bounds(example), example
