"""Apply the decisions about names of datasets that wait to the events that were written before them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from border.imports.settling import outlook, settle
from border.management.reviewers import user


class Command(BaseCommand):
    """Bring events up to date with what people decided about names of datasets since they were written.

    Who takes part, who was killed, and where it was: whatever an import wrote and nobody has changed since. Rows that were kept
    without a place become events. All of it is one batch, all or nothing, which is reviewed and taken back as an import is.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """--dry-run, --by, --why."""
        parser.add_argument(
            "--dry-run", action="store_true", help="say how many decisions wait, and how many rows name them"
        )
        parser.add_argument("--by", metavar="USERNAME", help="in whose name; the history keeps it")
        parser.add_argument("--why", default="", metavar="TEXT", help="the reason; the history keeps it")

    def handle(self, *, dry_run: bool, by: str | None, why: str, **options: Any) -> None:
        """Apply them, and report what became of it."""
        if dry_run:
            found = outlook()
            self.stdout.write(f"{found.decisions:,} decisions wait; {found.rows:,} rows name them.")
            return
        done = settle(by=user(by), via="settle", why=why)
        if not done.decisions:
            self.stdout.write("No decision waits.")
            return
        self.stdout.write(str(done))
        if done.batch:
            self.stdout.write(f"Written as batch {done.batch.pk}.")
