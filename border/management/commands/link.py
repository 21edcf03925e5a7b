"""`manage.py link`: look for events of several datasets that are one, and take them for the same above a threshold."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from border.links.deciding import above, link
from border.links.looking import look
from border.links.refusal import LinkRefused


class Command(BaseCommand):
    """Look for events of different datasets that are one and the same, and perhaps take those above a threshold for it.

    Without options it works out anew which pairs may be one, and tells how many. With --above it takes what is at least
    so likely for the same, in the name of --by; --dry-run only tells how many pairs that would be. Exit code 1 when
    nothing could be done.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The threshold, and who answers for it."""
        parser.add_argument(
            "--above", type=float, metavar="SCORE", help="Take pairs from this score on for the same."
        )
        parser.add_argument(
            "--datasets", default="", help='Only pairs of these two, such as "ACLED + UCDP GED".'
        )
        parser.add_argument("--by", default="", help="Who states the threshold: a user name.")
        parser.add_argument("--why", default="", help="Why, for the history.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Tell what would be done, and do not do it."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, or link."""
        if options["above"] is None:
            self.stdout.write(str(look()))
            return
        threshold, datasets = options["above"], options["datasets"]
        if options["dry_run"]:
            taken = above(threshold, datasets)
            self.stdout.write(
                f"{taken.count:,} pairs would be taken for the same. {taken.not_alone:,} have a rival, and {taken.linked:,} "
                "would join what is apart: these stay for people."
            )
            return
        by = get_user_model()._default_manager.filter(username=options["by"]).first()
        try:
            made = link(threshold, by=by, reason=options["why"], datasets=datasets)
        except LinkRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            f"{made.pairs:,} pairs are taken for the same. The admin shows them, and takes them back."
        )
