"""Verify the published record and the history against their chains of digests."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from border.history import chain as history
from border.history.verification import unread
from border.publication import chain as publication


class Command(BaseCommand):
    """Check that the published record is what was published, and the history what was written; print both heads.

    Compares every document with its ledger entry, every row of history with its line, every block with what it holds
    and with the block before, the times of versions with the ledger, and who and why with what was sealed. What was
    cut off or rewritten as a whole shows only against a head kept elsewhere: give it as --head or --history-head.
    A line per fault, and exit code 1 if there is any.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """--head, --history-head."""
        parser.add_argument(
            "--head",
            metavar="NUMBER:DIGEST",
            help="a head of the published record that was printed earlier and kept elsewhere",
        )
        parser.add_argument(
            "--history-head", metavar="NUMBER:DIGEST", help="a head of the history, printed and kept likewise"
        )

    def handle(self, *, head: str | None, history_head: str | None, **options: Any) -> None:
        """Verify, and print the heads or the faults."""
        published, written = list(publication.verify(head)), list(history.verify(history_head))
        for sentence in unread():
            self.stderr.write(f"warning: {sentence}")
        said = [
            *_told(published, "the published record is not what was published"),
            *_told(written, "the history is not what was written"),
        ]
        if said:
            raise CommandError("\n".join(said))
        self.stdout.write(f"The published record is whole. Its head is {publication.head()}")
        self.stdout.write(f"The history is whole. Its head is {history.head()}")


def _told(faults: list[str], verdict: str) -> list[str]:
    if not faults:
        return []
    return [*faults, f"{len(faults)} fault{'s' if len(faults) > 1 else ''}: {verdict}."]
