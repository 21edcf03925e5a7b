"""Make a release of the published data, make it again, or withdraw it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from border.management.reviewers import user
from border.releases import making
from border.releases import operations as releases
from border.releases.refusal import ReleaseRefused


class Command(BaseCommand):
    """Freeze what is published now as an immutable, citable release: CSV, NDJSON, Parquet, GeoJSON, and what explains them.

    A release is called by a year and a number, and a name is used once. The same data give the same bytes. With --again
    the files of a release are made anew from the published record and compared with what was registered: lost ones are
    put back. With --withdraw its files are no longer served; the reason is public.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """NAME, --note, --by, --again, --withdraw."""
        parser.add_argument("name", metavar="NAME", help="a year and a number: 2026.1")
        parser.add_argument(
            "--note", default="", metavar="TEXT", help="what is to be said of it; readers see it"
        )
        parser.add_argument("--by", metavar="USERNAME", help="who makes or withdraws it; not public")
        step = parser.add_mutually_exclusive_group()
        step.add_argument(
            "--again", action="store_true", help="make its files again, and check that they are the same"
        )
        step.add_argument("--withdraw", metavar="REASON", help="serve it no longer; readers see why")

    def handle(self, *, name: str, note: str, by: str | None, again: bool, **options: Any) -> None:
        """Make it, make it again, or withdraw it."""
        reason, person = options["withdraw"], user(by)
        if note and (again or reason is not None):
            raise CommandError("A release keeps the note with which it was made. Leave out --note.")
        try:
            if reason is not None:
                releases.withdraw(name, by=person, reason=reason)
                self.stdout.write(
                    f"{name} is withdrawn. Its files still lie in {releases.root() / name}: delete them if they endanger somebody."
                )
                return
            if again:
                making.make_again(name, tell=self._tell(options["verbosity"]))
                self.stdout.write(f"{name} is what it was: every file has its digest.")
                return
            made = making.make(name, by=person, note=note, tell=self._tell(options["verbosity"]))
        except ReleaseRefused as refused:
            raise CommandError("\n".join(refused.problems)) from refused
        for table, rows in made.counts.items():
            self.stdout.write(f"{table:28} {rows:,}")
        self.stdout.write(
            f"Release {name} of block {made.block}:{bytes(made.digest).hex()} lies in {releases.folder_of(made)}"
        )

    def _tell(self, verbosity: int) -> making.Tell:
        """Says how far it is, where somebody looks."""

        def told(done: int, total: int | None, word: str) -> None:
            of = "" if total is None else f" of {total:,}"
            self.stderr.write(f"\r{done:,}{of} {word}", ending="" if done != total else "\n")

        return told if verbosity > 1 else making.silent
