"""What tests of several parts ask for."""

import gc
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import hypothesis
import pytest
import pytest_django
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection, transaction
from django.test import TransactionTestCase, override_settings

from border.releases import record

DatabaseRole = Callable[[str], AbstractContextManager[None]]


# A page makes 100,000 objects: to look for garbage after each 700, as Python does, took a fifteenth of the time of the
# tests. The web process does as much (border/wsgi.py); what is loaded is set apart once all tests are collected.
gc.set_threshold(100_000, 10, 10)


# How long a machine takes that is shared with others says nothing of what is tested.
hypothesis.settings.register_profile(
    "shared machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("shared machine")


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
    released = tmp_path_factory.mktemp("releases")
    with override_settings(MEDIA_ROOT=kept, STATIC_ROOT=collected, RELEASES_ROOT=released):
        yield


@pytest.fixture(scope="session", autouse=True)
def light_passwords() -> Iterator[None]:
    """Passwords are hashed in the site's own way, but not to withstand anybody: that takes 100 MB for each of them."""
    with pytest.MonkeyPatch.context() as patch:
        for name, least in {"time_cost": 1, "memory_cost": 8, "parallelism": 1}.items():
            patch.setattr(Argon2PasswordHasher, name, least)
        yield


@pytest.fixture(scope="session", autouse=True)
def one_connection() -> Iterator[None]:
    """Lets the API and releases read what a test wrote: a connection of its own sees only what was committed."""
    its_own = record.standing_still

    @contextmanager
    def standing_still() -> Iterator[object]:
        """That of the test, in the role of readers, while the test has a transaction around all it does."""
        if connection.savepoint_ids:
            with in_role("border_reader"):
                yield connection
        else:
            with its_own() as reader:
                yield reader

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("border.api.reading.ALIAS", "default")
        patch.setattr(record, "standing_still", standing_still)
        yield


@pytest.fixture(scope="session", autouse=True)
def any_number_of_questions() -> Iterator[None]:
    """Tests ask more in a minute than readers may; those of the limits set their own."""
    with override_settings(API_RATE=0, API_TOKEN_RATE=0):
        yield


PROJECT = Path(__file__).parents[1]
TEMPLATE = "test_border_template_"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None,
    django_db_blocker: pytest_django.DjangoDbBlocker,
    django_db_keepdb: bool,
    django_db_createdb: bool,
) -> None:
    """Every worker copies one database that the first of them migrated, which takes a second instead of ten.

    It stays for later runs of the same code.
    """
    if django_db_createdb or not django_db_keepdb:
        with django_db_blocker.unblock():
            connection.settings_dict["TEST"]["TEMPLATE"] = _migrated()


def reaching() -> dict[str, str]:
    """The environment in which PostgreSQL's own programs reach the database of the tests."""
    asked = connection.get_connection_params()
    where = {
        f"PG{name.upper()}": str(asked[name])
        for name in ("host", "port", "user", "password")
        if asked.get(name)
    }
    return os.environ | where


# What a role is told in a database is no part of it, and does not come along with a copy.
ROLES = """
DO $$
DECLARE
    told record;
BEGIN
    FOR told IN
        SELECT s.setrole::regrole AS role, split_part(said, '=', 1) AS name, substr(said, strpos(said, '=') + 1) AS value
        FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase CROSS JOIN unnest(s.setconfig) AS said
        WHERE starts_with(d.datname, %s) AND s.setrole <> 0
    LOOP
        EXECUTE format('ALTER ROLE %%s IN DATABASE %%I SET %%I TO %%L', told.role, current_database(), told.name, told.value);
    END LOOP;
END $$;
"""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> None:
    """The databases of the tests, in which the roles have what they have in the one that was copied."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(ROLES, [TEMPLATE])


def _migrated() -> str:
    """The name of a database that is migrated by the code as it is, made if there is none."""
    said = hashlib.sha256()
    for path in sorted(PROJECT.glob("*/**/*.py")):
        if path.parts[len(PROJECT.parts)] in {"border", "sources", "territories", "actors", "events"}:
            said.update(path.read_bytes())
    name = TEMPLATE + said.hexdigest()[:12]
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [TEMPLATE])
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [TEMPLATE])
        there = {found for (found,) in cursor.fetchall()}
        if name not in there:
            for old in there:
                cursor.execute(f'DROP DATABASE "{old}"')
            _migrate(f"{TEMPLATE}half")
            cursor.execute(f'ALTER DATABASE "{TEMPLATE}half" RENAME TO "{name}"')
    return name


def _migrate(name: str) -> None:
    """Make a test database of that name, and stay with the database that is there."""
    ours, tests = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    named, tests["NAME"] = tests["NAME"], name
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = ours
    tests["NAME"] = named


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
def standing(blocker: pytest_django.DjangoDbBlocker) -> Iterator[None]:
    """What is made inside stands for all tests of a module, each of which takes back what it changes of it."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def in_role(role: str) -> Iterator[None]:
    """What is asked inside is asked with the rights of that role, inside a savepoint."""
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
    return in_role
