"""Verify the published record against its own chain of digests."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from border.publication import chain


class Command(BaseCommand):
    """Check that the published record is what was published; print its head.

    Compares every document with its ledger entry, every block with its entries and the block before, and the
    times of versions with the ledger. A record that was cut off or rewritten as a whole shows only against a
    head kept elsewhere: give it as --head. A line per fault, and exit code 1 if there is any.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """--head."""
        parser.add_argument(
            "--head", metavar="NUMBER:DIGEST", help="a head that was printed earlier and kept elsewhere"
        )

    def handle(self, *, head: str | None, **options: Any) -> None:
        """Verify, and print the head or the faults."""
        if faults := list(chain.verify(head)):
            told = "\n".join(faults)
            count = f"{len(faults)} fault{'s' if len(faults) > 1 else ''}"
            raise CommandError(f"{told}\n{count}: the published record is not what was published.")
        self.stdout.write(f"The published record is whole. Its head is {chain.head()}")
