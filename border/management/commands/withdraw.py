"""Withdraw a public record: readers are told since when and why."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from border.curation import reviewing
from border.management.reviewers import public_record, reviewer
from border.publication import chain
from border.publication.operations import PublicationRefused


class Command(BaseCommand):
    """Take a public record back; a tombstone with the date and the reason takes its place.

    Citations of a withdrawn source show as withheld from then on. Any other record that public documents show
    is refused: withdraw or change those first. What readers saw before stays in the published record; only
    `erase` removes it. The reason is public.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """ENDPOINT/SLUG, --by, --reason."""
        parser.add_argument("record", metavar="ENDPOINT/SLUG", help="such as events/fall-of-qaim-2014")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="who takes it back")
        parser.add_argument("--reason", required=True, metavar="TEXT", help="why; readers see it")

    def handle(self, *, record: str, by: str, reason: str, **options: Any) -> None:
        """Withdraw, and say so."""
        endpoint, slug = public_record(record)
        person = reviewer(by, "withdraw")
        found = endpoint.model.objects.filter(slug=slug).first()
        if found is None:
            raise CommandError(f"There is no {record}.")
        try:
            reviewing.withdraw(found, by=person, reason=reason)
        except PublicationRefused as refused:
            raise CommandError("\n".join(refused.problems)) from refused
        self.stdout.write(f"{endpoint.name}/{slug} is withdrawn. The head is {chain.head()}")
