"""What tests of several parts ask for."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase, override_settings

DatabaseRole = Callable[[str], AbstractContextManager[None]]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference material beside the checkout: ``BORDER_SHARED``, else the sibling folder ``shared``."""
    folder = Path(os.environ.get("BORDER_SHARED") or Path(__file__).parents[2] / "shared")
    if not folder.is_dir():
        pytest.skip(
            f"There is no reference material in {folder}; set BORDER_SHARED to the folder that has it."
        )
    return folder


@pytest.fixture(scope="session", autouse=True)
def folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The folders that keep the files of tests, never those of the site.

    What `make demo` collected there would be gone through for every client that a test makes.
    """
    kept, collected = tmp_path_factory.mktemp("media"), tmp_path_factory.mktemp("static")
    with override_settings(MEDIA_ROOT=kept, STATIC_ROOT=collected):
        yield


@pytest.fixture(scope="session", autouse=True)
def one_connection() -> Iterator[None]:
    """Lets the API read what a test wrote: a connection of its own sees only what was committed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("border.api.reading.ALIAS", "default")
        yield


# Deleting the few rows of a test takes a tenth of the time of truncating a hundred tables with all their indexes. What
# migrations wrote stays: every test finds it there.
EMPTYING = """
DO $$
DECLARE
    one regclass;
    filled regclass[];
    found boolean;
BEGIN
    FOR one IN
        SELECT oid FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> ALL (
            '{django_migrations,django_content_type,auth_permission,auth_group,auth_group_permissions}'
        )
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', one) INTO found;
        IF found THEN
            filled := filled || one;
            EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', one);
        END IF;
    END LOOP;
    SET CONSTRAINTS ALL DEFERRED;
    FOREACH one IN ARRAY coalesce(filled, '{}') LOOP
        EXECUTE format('DELETE FROM %s', one);
    END LOOP;
    SET CONSTRAINTS ALL IMMEDIATE;
    FOREACH one IN ARRAY coalesce(filled, '{}') LOOP
        EXECUTE format('ALTER TABLE %s ENABLE TRIGGER USER', one);
    END LOOP;
END $$;
"""


@pytest.fixture(scope="session", autouse=True)
def emptying() -> Iterator[None]:
    """Empties the tables after a test that commits, its history too, which at any other time refuses to go."""

    def emptied(case: TransactionTestCase) -> None:
        with connection.cursor() as cursor:
            cursor.execute(EMPTYING)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", emptied)
        yield


@contextmanager
def _in_role(role: str) -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (before,) = cursor.fetchone()
        quote = connection.ops.quote_name
        cursor.execute(f"SET LOCAL ROLE {quote(role)}")
        yield
        # After an error the savepoint gives the role back; here nothing went wrong.
        cursor.execute(f"SET LOCAL ROLE {quote(before)}")


@pytest.fixture
def db_role(db: None) -> DatabaseRole:
    """``with db_role("border_reader"):`` has the rights of that role, inside a savepoint of its own."""
    return _in_role
