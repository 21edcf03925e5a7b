"""Load files: border's own CSV and GeoJSON, and what ACLED and UCDP publish; all rows of them, or none."""

from pathlib import Path
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from border.contracts.load import given, load
from border.contracts.outcome import Change, Outcome
from border.contracts.read import Given
from border.contracts.tables import BY_NAME
from border.imports.area import UnknownArea
from border.imports.choices import RowVerdict
from border.imports.deleting import left_standing
from border.imports.following import follow
from border.imports.formats import NotReadable
from border.imports.loading import NotAsSaid, load_read
from border.imports.models import Import
from border.imports.reading import forget, read, remarks, told
from border.imports.releases import UnknownRelease
from border.imports.writing import write
from border.management.reviewers import user
from sources.models import Batch

_MOST_WARNINGS = 20
_MOST_REFUSED = 1000


class Command(BaseCommand):
    """Load the rows of files into the working tables, all of them or none.

    Of border's own CSV the name says the table (events.csv, events.2019.csv); a folder stands for the files in it. Any
    other file is known by its header: tables of border's own in a ZIP or an XLSX, and UCDP GED and ACLED, as they are
    published. Rows of known keys
    are changed, others are new, and no row is deleted for being absent from a file. Nothing loaded is published. Every
    fault of every file is named at once, with its line and column, and then nothing is written and the exit code is 1.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """PATH…, --dry-run, --outlines-by, --release, --within, --whole, --without-refused, --by, --why."""
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="PATH", help="a file, or a folder of .csv and .geojson"
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
        parser.add_argument(
            "--release",
            default="",
            metavar="RELEASE",
            help="which release of its dataset a file is: a version such as 23.1, or the slug of a source",
        )
        parser.add_argument(
            "--within",
            default="",
            metavar="AREA",
            help="of a dataset only what lies in a territory, or in a box west,south,east,north",
        )
        parser.add_argument(
            "--whole",
            action="store_true",
            help="the file is the whole release: what earlier ones had of its countries and years and it has not is deleted",
        )
        parser.add_argument(
            "--without-refused",
            action="store_true",
            help="of a dataset, leave out the rows that cannot be right, and write the others",
        )
        parser.add_argument("--by", metavar="USERNAME", help="in whose name; the history keeps it")
        parser.add_argument("--why", default="", metavar="TEXT", help="the reason; the history keeps it")

    def handle(
        self, *, paths: list[Path], dry_run: bool, outlines_by: str, by: str | None, why: str, **options: Any
    ) -> None:
        """Load, and report what became of it."""
        foreign = [path for path in paths if _is_foreign(path)]
        for path in foreign:
            self._take(path, user(by), why, dry_run=dry_run, **options)
        if own := [path for path in paths if path not in foreign]:
            self._load(own, user(by), why, outlines_by, dry_run=dry_run)

    def _load(self, paths: list[Path], by: Any, why: str, outlines_by: str, *, dry_run: bool) -> None:
        files, faults = given(paths)
        if not files and not faults:
            raise CommandError(f"There is no .csv or .geojson file in {', '.join(map(str, paths))}.")
        rehearse = dry_run or bool(faults)
        outcome = load(files, by=by, why=why, outlines_by=outlines_by, dry_run=rehearse)
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

    def _take(
        self,
        path: Path,
        by: Any,
        why: str,
        *,
        dry_run: bool,
        release: str,
        within: str,
        whole: bool,
        without_refused: bool,
        **_: Any,
    ) -> None:
        """Take in a file of a dataset, in a transaction of its own, and tell what became of its rows."""
        try:
            with transaction.atomic():
                with pghistory.context(user=by.pk if by else None, why=why, via="load"):
                    found = read(path, path.name, release=release, within=within, whole=whole, by=by)
                self._tell(found)
                if found.counts.get(RowVerdict.REFUSED) and (found.must_be_whole or not without_refused):
                    raise CommandError(_refused(found))
                batch = None if dry_run else _write(found, path, by, why)
                left = left_standing(found) if batch else 0
                if batch:
                    follow(found.format, found.release)
                forget(found)
                if dry_run:
                    transaction.set_rollback(True)
        except (NotReadable, NotAsSaid, UnknownRelease, UnknownArea, OSError) as error:
            raise CommandError(_why_not(path, error)) from error
        if dry_run:
            self.stdout.write("This was a rehearsal: nothing was written.")
        elif batch is None:
            self.stdout.write("Nothing to change: the database says all this already.")
        else:
            self.stdout.write(f"Written as batch {batch.pk}.")
        if left:
            self.stdout.write(
                f"{left:,} whose rows were deleted stay until somebody has looked at them:"
                " manage.py audit events_deleted_by_their_dataset"
            )

    def _tell(self, found: Import) -> None:
        release = f", as {found.release.slug}" if found.release else ""
        self.stdout.write(f"{found.name}: {found.dialect}{release}: {told(found.counts)}")
        for left_out in found.layout["said"]:
            self.stderr.write(f"warning: {left_out}")
        for warning in remarks(found, _MOST_WARNINGS, refused=False):
            self.stderr.write(f"warning: {warning}")
        for row in found.rows.filter(verdict=RowVerdict.CHANGED).order_by("number")[:_MOST_WARNINGS]:
            for name, before, after in row.differences:
                key = row.key if found.is_of_a_dataset else row.title
                self.stdout.write(f"    {key} {name}: {before!r} → {after!r}")

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


def _write(found: Import, path: Path, by: Any, why: str) -> Batch | None:
    if found.is_of_a_dataset:
        return write(found, by=by, why=why, via="load")
    return load_read(found, path, by=by, why=why, via="load")


def _is_foreign(path: Path) -> bool:
    """Whether a file is none of ours by its name: what a dataset publishes, or tables of ours in an archive or a workbook."""
    own = path.suffix.lower() in {".csv", ".geojson"} and Given.named(path.name, b"").table in BY_NAME
    return path.is_file() and not own and path.suffix.lower() != ".geojson"


def _refused(found: Import) -> str:
    told = "\n".join(map(str, remarks(found, _MOST_REFUSED, refused=True)))
    count = found.counts[RowVerdict.REFUSED]
    remedy = (
        "Mend the file."
        if found.must_be_whole
        else "Mend the file, or leave them out with --without-refused."
    )
    return f"{told}\n{count:,} row{'s' if count > 1 else ''} refused; nothing was written. {remedy}"


def _why_not(path: Path, error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{path} cannot be read: {error.strerror}."
    return str(error)


def _verdict(outcome: Outcome, *, dry_run: bool) -> str:
    if dry_run:
        return "This was a rehearsal: nothing was written."
    if outcome.batch is None:
        return "Nothing to change: the database says all this already."
    return f"Written as batch {outcome.batch}."
