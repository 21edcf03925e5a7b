"""Dump every working table as the CSV files that `load` reads, and outlines as GeoJSON."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from border.contracts.cells import nearest
from border.contracts.declare import Contract
from border.contracts.dump import dump, strangers
from border.contracts.tables import BY_NAME, CONTRACTS


class Command(BaseCommand):
    """Write the working tables to a folder, one CSV a table and one GeoJSON an outline.

    The files are what `load` reads: the same rows always give the same bytes, and loading them into an empty
    database and dumping again gives them back. Working copies are written whatever their review status; for
    what is public, ask the API.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """PATH, --tables."""
        parser.add_argument("path", type=Path, metavar="PATH", help="the folder; made if it is not there")
        parser.add_argument(
            "--tables", default="", metavar="A,B", help="only these tables, such as actors,actor_names"
        )

    def handle(self, *, path: Path, tables: str, **options: Any) -> None:
        """Dump, and count the rows of each table."""
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


def _contracts(tables: str) -> list[Contract]:
    named = [name.strip() for name in tables.split(",") if name.strip()]
    for name in named:
        if name not in BY_NAME:
            likely = nearest(name, BY_NAME)
            hint = f"Perhaps {likely}?" if likely else f"The tables are: {', '.join(BY_NAME)}."
            raise CommandError(f'No table is called "{name}". {hint}')
    return [contract for contract in CONTRACTS if not named or contract.name in named]
