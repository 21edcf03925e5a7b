"""Load CSV and GeoJSON files: all rows of all of them, or none."""

from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from border.contracts.load import given, load
from border.contracts.outcome import Change, Outcome

_MOST_WARNINGS = 20


class Command(BaseCommand):
    """Load the rows of CSV files and GeoJSON outlines into the working tables, all of them or none.

    The name of a file says its table (events.csv, events.2019.csv); a folder stands for the files in it. Rows of
    known keys are changed, others are new, and no row is deleted for being absent from a file. Nothing loaded is
    published. Every fault of every file is named at once, with its line and column, and then nothing is written
    and the exit code is 1.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """PATH…, --dry-run, --outlines-by, --by, --why."""
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="PATH", help="a .csv, a .geojson, or a folder of them"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="show what would change, and change nothing"
        )
        parser.add_argument(
            "--outlines-by",
            default="",
            metavar="SOURCE",
            help="GeoJSON files are this source's own, not in our form: each feature goes to the territory of its P-code",
        )
        parser.add_argument("--by", metavar="USERNAME", help="in whose name; the history keeps it")
        parser.add_argument("--why", default="", metavar="TEXT", help="the reason; the history keeps it")

    def handle(
        self, *, paths: list[Path], dry_run: bool, outlines_by: str, by: str | None, why: str, **options: Any
    ) -> None:
        """Load, and report what became of it."""
        files, faults = given(paths)
        if not files and not faults:
            raise CommandError(f"There is no .csv or .geojson file in {', '.join(map(str, paths))}.")
        rehearse = dry_run or bool(faults)
        outcome = load(files, by=_user(by), why=why, outlines_by=outlines_by, dry_run=rehearse)
        outcome.faults = [*faults, *outcome.faults]
        for warning in outcome.warnings[:_MOST_WARNINGS]:
            self.stderr.write(f"warning: {warning}")
        if len(outcome.warnings) > _MOST_WARNINGS:
            self.stderr.write(f"and {len(outcome.warnings) - _MOST_WARNINGS} more warnings.")
        if outcome.faults:
            told = "\n".join(map(str, outcome.faults))
            count = len(outcome.faults)
            raise CommandError(f"{told}\n{count} fault{'s' if count > 1 else ''}; nothing was written.")
        if dry_run:
            for change in outcome.changes:
                self._show(change)
        self._count(outcome)
        self.stdout.write(_verdict(outcome, dry_run=dry_run))

    def _show(self, change: Change) -> None:
        if not change.columns and not change.new:
            return
        self.stdout.write(f"{change.table} {' '.join(change.key)}: {'new' if change.new else 'changed'}")
        if change.before is not None:
            for name in change.columns:
                self.stdout.write(f"    {name}: {change.before[name]!r} → {change.after[name]!r}")

    def _count(self, outcome: Outcome) -> None:
        for table, counts in outcome.counts.items():
            told = ", ".join(f"{number:,} {kind}" for kind, number in counts.items() if number)
            self.stdout.write(f"{table:28} {told}")


def _verdict(outcome: Outcome, *, dry_run: bool) -> str:
    if dry_run:
        return "This was a rehearsal: nothing was written."
    if outcome.batch is None:
        return "Nothing to change: the database says all this already."
    return f"Written as batch {outcome.batch}."


def _user(name: str | None) -> Any:
    if name is None:
        return None
    users = get_user_model()
    try:
        return users._default_manager.get_by_natural_key(name)
    except users.DoesNotExist as error:
        raise CommandError(
            f"There is no user called {name}. Create the account first, or leave out --by."
        ) from error
