"""A whole site from nothing: tables, the true small world, accounts, static files, web server and worker."""

import errno
import hashlib
import json
import os
import secrets
import socket
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, CommandError, call_command
from django.db import OperationalError, connection, transaction

from sources.models import Source

ROLES = ("curator", "reviewer", "importer", "admin")
WEB = (sys.executable, "-m", "gunicorn", "--config", "deploy/web.py")
WORKER = (sys.executable, "manage.py", "worker")


class Command(BaseCommand):
    """Serve border with everything it needs; a second run repeats nothing.

    Migrates, loads and publishes `fixtures/` when the database is empty, makes one account per role, collects the
    static files and becomes gunicorn with a worker beside it. HOST and PORT say where (127.0.0.1:8000).
    """

    help = __doc__
    requires_system_checks = []  # `make check` runs them; a newcomer waits for them in vain

    def handle(self, **options: object) -> None:
        """Prepare everything, then become the web server and the worker."""
        host = os.environ.get("HOST") or "127.0.0.1"
        require_free(host, os.environ.get("PORT") or "8000")
        try:
            self.prepare()
        except OperationalError as error:
            raise CommandError(
                f"The database refuses: {' '.join(str(error).split()).rstrip('?.')}. {_remedy(error)}"
            ) from error
        except OSError as error:
            raise CommandError(
                f"{error.strerror}: {error.filename}. Free some space, or set BORDER_DATA to a folder you may write."
            ) from error
        connection.close()
        if os.geteuid() == 0:
            self.stdout.write(
                "You are root, so the web server runs as root: good for a look, not for the public."
            )
        sys.stdout.flush()
        os.chdir(settings.BASE_DIR)
        os.execve(  # the two take our place, and every signal
            sys.executable,
            [sys.executable, "-m", "border.beside", *WEB, "--", *WORKER],
            {**os.environ, "BORDER_DB_ROLE": "app", "ALLOWED_HOSTS": ",".join(hosts(host))},
        )

    def prepare(self) -> None:
        """The database, its content, the accounts and the static files: whatever of them is missing."""
        connection.ensure_connection()
        call_command("migrate", interactive=False, verbosity=0)
        with (
            transaction.atomic()
        ):  # either a whole demo world or an empty database, whatever happens meanwhile
            passwords = accounts(settings.BORDER_DATA / "accounts.json")
            if not Source.objects.exists():
                self.stdout.write("Loading and publishing fixtures/ …")
                call_command("load", str(settings.BASE_DIR / "fixtures"), by="importer")
                call_command(
                    "publish", all=True, by="reviewer", reason="The first content of the demonstration."
                )
        if collect_static():
            self.stdout.write("Static files are collected.")
        self.stdout.write("Sign in under /admin/ as:")
        for name, password in passwords.items():
            self.stdout.write(f"  {name:<9} {password}")


def hosts(host: str) -> list[str]:
    """The names under which the site answers: those of the settings, and the one it is told to listen on."""
    return list(dict.fromkeys([*settings.ALLOWED_HOSTS, f"[{host}]" if ":" in host else host]))


def require_free(host: str, port: str) -> None:
    """Raise unless a server can listen on ``host`` and ``port``."""
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise CommandError(f"PORT is {port!r}: set it to a number from 1 to 65535.")
    try:
        family = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((host, int(port)))
    except OSError as error:
        taken = f"Another program uses it: stop that, or `make demo PORT={int(port) % 65535 + 1}`."
        remedy = taken if error.errno == errno.EADDRINUSE else "Set HOST and PORT to others."
        raise CommandError(f"Cannot listen on {host}, port {port}: {error.strerror}. {remedy}") from error


def accounts(kept: Path) -> dict[str, str]:
    """The demo accounts and their passwords, made where missing; ``kept`` is readable for its owner only."""
    passwords: dict[str, str] = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    there = {user.username: user for user in get_user_model().objects.filter(username__in=ROLES)}
    for name in ROLES:
        user = there.get(name)
        if user and name in passwords:
            continue
        if not user:
            user = get_user_model()(username=name, is_staff=True)
        passwords[name] = secrets.token_urlsafe(12)
        user.set_password(passwords[name])
        user.save()
        user.groups.set([Group.objects.get(name=name)])
    with os.fdopen(
        os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as file:
        json.dump(passwords, file, indent=1)
    return {name: passwords[name] for name in ROLES}


def collect_static() -> bool:
    """Whether the static files had to be collected: not when none of them changed since the last time."""
    seen = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            seen.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    record = Path(settings.STATIC_ROOT) / ".collected"
    if record.exists() and record.read_text(encoding="utf-8") == seen.hexdigest():
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    record.write_text(seen.hexdigest(), encoding="utf-8")
    return True


def _remedy(error: OperationalError) -> str:
    if "No space left" in str(error):
        return "Its disk is full: free some space, then run this again."
    if os.environ.get("DATABASE_URL"):
        return "Check that the server of DATABASE_URL runs and lets that user in; or unset it to use the embedded one."
    return "Run it with `make demo`, which starts the embedded PostgreSQL first."
