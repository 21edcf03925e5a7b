"""Dump every working table as the CSV files that `load` reads, outlines as GeoJSON; or a dataset release as it came."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from border.contracts.cells import nearest
from border.contracts.declare import Contract
from border.contracts.dump import dump, strangers
from border.contracts.tables import BY_NAME, CONTRACTS
from border.imports.giving_back import KEPT, NothingKept, give_back
from border.imports.releases import DATASETS
from sources.models import Source


class Command(BaseCommand):
    """Write the working tables to a folder, one CSV a table and one GeoJSON an outline.

    The files are what `load` reads: the same rows always give the same bytes, and loading them into an empty
    database and dumping again gives them back. Working copies are written whatever their review status; for
    what is public, ask the API.

    With --format and --release it writes one file: what was taken in of that release of a dataset, in the dataset's own
    columns and as it came. ACLED's rows may not be passed on.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """PATH, --tables, --format, --release."""
        parser.add_argument(
            "path",
            type=Path,
            metavar="PATH",
            help="the folder, made if it is not there; with --format the file",
        )
        parser.add_argument(
            "--tables", default="", metavar="A,B", help="only these tables, such as actors,actor_names"
        )
        parser.add_argument(
            "--format", choices=KEPT, help="give back a release of this dataset instead, as it came"
        )
        parser.add_argument(
            "--release",
            default="",
            metavar="SLUG",
            help="with --format: which release, by the slug of its source",
        )

    def handle(self, *, path: Path, tables: str, release: str, **options: Any) -> None:
        """Dump, and count the rows of each table."""
        dataset = options["format"]
        if dataset is None and release:
            raise CommandError(f"--release goes with --format, which is one of {', '.join(KEPT)}.")
        if dataset is not None:
            if tables:
                raise CommandError(
                    "--tables are border's own; a release has none. Leave out --tables or --format."
                )
            self._give_back(_release(dataset, release), path)
            return
        try:
            counts = dump(path, _contracts(tables))
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
        for table, count in counts.items():
            self.stdout.write(f"{table:28} {count:,}")
        for stranger in strangers(path) if "outlines" in counts else ():
            self.stderr.write(
                f"warning: {stranger} is no outline of the database. Delete it unless load shall bring it back."
            )

    def _give_back(self, release: Source, path: Path) -> None:
        try:
            count = give_back(release, path)
        except NothingKept as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{release.slug:28} {count:,}")
        if not release.redistributable:
            self.stderr.write(f"warning: {release.slug} may not be passed on: {release.licence}.")


def _release(name: str, slug: str) -> Source:
    """The release called ``slug``, of the dataset whose files have the format ``name``."""
    dataset = next(one for one in DATASETS if one.lower().replace(" ", "-") == name)
    found = Source.objects.filter(slug=slug).first()
    if found is not None and found.dataset == dataset:
        return found
    known = Source.objects.filter(dataset=dataset).order_by("slug").values_list("slug", flat=True)
    if found is not None:
        wrong = f"The source {slug} is {found.dataset or 'no dataset'}, not {dataset}."
    else:
        wrong = f'No source is called "{slug}".' if slug else "Say with --release which release."
    hint = f"There are: {', '.join(known)}." if known else f"No release of {dataset} is here."
    raise CommandError(f"{wrong} {hint}")


def _contracts(tables: str) -> list[Contract]:
    named = [name.strip() for name in tables.split(",") if name.strip()]
    for name in named:
        if name not in BY_NAME:
            likely = nearest(name, BY_NAME)
            hint = f"Perhaps {likely}?" if likely else f"The tables are: {', '.join(BY_NAME)}."
            raise CommandError(f'No table is called "{name}". {hint}')
    return [contract for contract in CONTRACTS if not named or contract.name in named]
