"""What was published is never changed in place: by grants for the site, by triggers for everybody."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from border.publication import chain, operations
from border.publication.endpoints import ENDPOINTS
from tests import factories as make
from tests.conftest import DatabaseRole, standing
from tests.publication.record import rows, run

pytestmark = pytest.mark.django_db

VERSIONS = sorted(endpoint.published._meta.db_table for endpoint in ENDPOINTS.values())
LEDGER = ["published_entry", "published_block", "publication_review"]
PUBLIC = {*VERSIONS, "published_entry", "published_block", "published_name", "published_release"}


@pytest.fixture(scope="module")
def standing_record(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One record of every noun, one of them withdrawn, published once for a module."""
    with standing(django_db_blocker):
        reviewer = make.UserFactory()
        for endpoint in ENDPOINTS.values():
            make.FACTORIES[endpoint.model]()
        records = [record for endpoint in ENDPOINTS.values() for record in endpoint.model.objects.all()]
        operations.publish(*records, by=reviewer, reason="Checked against its sources.")
        gone = make.ActorFactory(slug="gone")
        operations.publish(gone, by=reviewer, reason="Checked against its sources.")
        operations.withdraw(gone, by=reviewer, reason="In doubt.")
        yield


@pytest.fixture
def public(standing_record: None, db: None) -> None:
    """One record of every noun, one of them withdrawn."""


@pytest.fixture
def denied(db_role: DatabaseRole) -> Callable[[str, str], str]:
    """Why the database does not let a role run a statement: "right" or "rule"; empty where it does."""

    def ask(role: str, sql: str) -> str:
        try:
            with transaction.atomic(), db_role(role):
                run(sql)
        except (ProgrammingError, IntegrityError) as error:
            causes = {"permission denied": "right", "published_append_only": "rule"}
            return next(name for said, name in causes.items() if said in str(error))
        return ""

    return ask


@pytest.mark.usefixtures("public")
@pytest.mark.parametrize("table", [*VERSIONS, *LEDGER])
def test_site_neither_deletes_nor_truncates(denied: Callable[[str, str], str], table: str) -> None:
    assert denied("border_app", f"DELETE FROM {table}") == "right"
    assert denied("border_app", f"TRUNCATE {table}") == "right"


@pytest.mark.usefixtures("public")
@pytest.mark.parametrize("table", LEDGER)
def test_site_changes_no_line_of_the_ledger(denied: Callable[[str, str], str], table: str) -> None:
    for (column,) in rows(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
        table,
    ):
        assert denied("border_app", f'UPDATE {table} SET "{column}" = "{column}"') == "right"


@pytest.mark.usefixtures("public")
@pytest.mark.parametrize("table", VERSIONS)
def test_site_changes_no_column_of_a_version(denied: Callable[[str, str], str], table: str) -> None:
    columns = rows(
        "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute "
        "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
        table,
    )
    for name, kind in columns:
        if name == "known":
            assert denied("border_app", f"UPDATE {table} SET known = tstzrange('2000-01-01', NULL)") == "rule"
            continue
        other = {
            "json": "'{}'",
            "text": f"\"{name}\" || 'x'",
            "text[]": f"\"{name}\" || '{{x}}'",
            "tsvector": "'x'",
            "daterange": "'[2001-01-01,2001-01-02)'",
            "boolean": f'NOT "{name}"',
            "box": "'(1,2),(3,4)'",
        }.get(kind, "'x'" if "char" in kind else "4711")
        assert denied("border_app", f'UPDATE {table} SET "{name}" = {other}') in {"right", "rule"}, name


@pytest.mark.usefixtures("public")
@pytest.mark.parametrize("table", [*VERSIONS, *LEDGER])
def test_owner_is_refused_too(table: str) -> None:
    run("SET CONSTRAINTS ALL IMMEDIATE")  # what is still to be checked stands in the way of TRUNCATE
    for sql in (f"DELETE FROM {table}", f"TRUNCATE {table}"):
        with pytest.raises(IntegrityError, match="published_append_only"), transaction.atomic():
            run(sql)


@pytest.mark.usefixtures("public")
def test_version_that_ended_neither_ends_again_nor_comes_back() -> None:
    for known in ("tstzrange(lower(known), now() + interval '1 day')", "tstzrange(lower(known), NULL)"):
        with pytest.raises(IntegrityError, match="published_append_only"), transaction.atomic():
            run(f"UPDATE published_actors SET known = {known} WHERE slug = 'gone'")


@pytest.mark.usefixtures("public")
def test_text_of_a_current_version_is_not_erased() -> None:
    with pytest.raises(IntegrityError, match="published_append_only"), transaction.atomic():
        run("UPDATE published_actors SET document = NULL WHERE slug <> 'gone'")


@pytest.mark.usefixtures("public")
def test_site_publishes_withdraws_and_erases(db_role: DatabaseRole, reviewer: object) -> None:
    """The rights that are left are those that the operations need."""
    actor = make.ActorFactory(slug="liwa")
    with db_role("border_app"):
        operations.publish(actor, by=reviewer, reason="Good.")
        actor.name = "Another name"
        actor.save()
        operations.publish(actor, by=reviewer, reason="Good.")
        operations.withdraw(actor, by=reviewer, reason="In doubt.")
        assert operations.erase("actors", "liwa", by=reviewer, reason="Danger.") == 2
    assert list(chain.verify()) == []


@pytest.mark.usefixtures("public")
def test_reader_sees_the_published_record_and_nothing_else(db_role: DatabaseRole) -> None:
    relations = {
        name
        for (name,) in rows(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm', 'p')"
        )
    }
    assert relations > PUBLIC
    for name in PUBLIC:
        with db_role("border_reader"):
            run(f'SELECT * FROM "{name}" LIMIT 1')
    for name in sorted(relations - PUBLIC):
        with pytest.raises(ProgrammingError, match="permission denied"), db_role("border_reader"):
            run(f'SELECT * FROM "{name}" LIMIT 1')


@pytest.mark.usefixtures("public")
def test_reader_uses_no_sequence_and_no_function_of_ours(db_role: DatabaseRole) -> None:
    for sql in ("SELECT nextval('published_entry_sequence_seq')", "SELECT last_value FROM border_history"):
        with pytest.raises(ProgrammingError, match="permission denied"), db_role("border_reader"):
            run(sql)
