"""Erase what a withdrawn record said: for safety or by law."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from border.management.reviewers import public_record, reviewer
from border.publication import chain, operations
from border.publication.operations import PublicationRefused
from border.releases.holding import holding


class Command(BaseCommand):
    """Remove for good what all past versions of a withdrawn record say; only digests and the reason stay.

    Past versions of other records that show it lose their text too. The chain still verifies. Working copies and
    their history stay: delete the record in the admin. Releases, backups and other people's copies hold the text until
    they are removed; the releases that do are named. The reason is public.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """ENDPOINT/SLUG, --by, --reason."""
        parser.add_argument(
            "record", metavar="ENDPOINT/SLUG", help="such as sources/letter-2014; withdrawn before"
        )
        parser.add_argument("--by", required=True, metavar="USERNAME", help="who answers for it")
        parser.add_argument("--reason", required=True, metavar="TEXT", help="why; readers see it")

    def handle(self, *, record: str, by: str, reason: str, **options: Any) -> None:
        """Erase, and say how much."""
        endpoint, slug = public_record(record)
        person = reviewer(by, "withdraw")
        held = [release.name for release in holding(endpoint.name, slug)]
        try:
            count = operations.erase(endpoint.name, slug, by=person, reason=reason)
        except PublicationRefused as refused:
            raise CommandError("\n".join(refused.problems)) from refused
        self.stdout.write(
            f"{endpoint.name}/{slug}: {count} past versions are erased. The head is {chain.head()}"
        )
        if held:
            self.stdout.write(
                f"Releases that hold it or what showed it: {', '.join(held)}. Withdraw each with manage.py release NAME --withdraw "
                "REASON, and delete its files."
            )
