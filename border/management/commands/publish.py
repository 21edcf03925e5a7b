"""Publish working copies: what readers see from now on."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from border.curation import reviewing
from border.curation.requirements import advice
from border.management.reviewers import reviewer
from border.publication import chain, operations
from border.publication.endpoints import ENDPOINTS, Endpoint
from border.publication.operations import Outcome, PublicationRefused


class Command(BaseCommand):
    """Publish the working copies that differ from what readers see, all of them or none.

    With --all every noun, with --table one of them, with --slug only the records named. What was withdrawn or
    redirected stays so unless it is named, and sources that are not public are left out. The reviewer must have
    the right to publish and must not have written any of it. A record that cites nothing is refused; what else it
    should have and lacks is said. With --dry-run it only says what would happen.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """--all, --table, --slug, --by, --reason, --dry-run."""
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--all", action="store_true", help="every noun")
        what.add_argument("--table", metavar="NAME", help="one noun: events, crossing-statuses …")
        parser.add_argument(
            "--slug", nargs="+", default=[], metavar="SLUG", help="only these records of the table"
        )
        parser.add_argument("--by", required=True, metavar="USERNAME", help="the reviewer")
        parser.add_argument("--reason", required=True, metavar="TEXT", help="why it is fit to publish")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, and change nothing"
        )

    def handle(
        self,
        *,
        all: bool,  # noqa: A002 -- the option's own name
        table: str | None,
        slug: list[str],
        by: str,
        reason: str,
        dry_run: bool,
        **options: Any,
    ) -> None:
        """Publish, and report what became public."""
        if all and slug:
            raise CommandError("A slug belongs to one table: write --table NAME --slug SLUG.")
        person = reviewer(by, "publish")
        endpoints = [_endpoint(table)] if table else list(ENDPOINTS.values())
        with transaction.atomic():
            chosen = [_named(endpoints[0], slug)] if slug else [self._open(one) for one in endpoints]
            waiting = operations.differing(*chosen)
            for sentence in advice(operations.grouped_by_endpoint(waiting)):
                self.stderr.write(f"note: {sentence}")
            try:
                outcome = reviewing.publish(*waiting, by=person, reason=reason)
            except PublicationRefused as refused:
                count = len(refused.problems)
                told = "\n".join(refused.problems)
                raise CommandError(
                    f"{told}\n{count} problem{'s' if count > 1 else ''}; nothing was published."
                ) from refused
            head = chain.head()
            transaction.set_rollback(dry_run)
        self._report(outcome, head, dry_run=dry_run)

    def _open(self, endpoint: Endpoint) -> Any:
        """Every record of a noun that is meant for readers."""
        records = endpoint.model.objects.exclude(status="withdrawn")
        if endpoint.name != "sources":
            return records
        if hidden := records.exclude(sensitivity="public").count():
            self.stderr.write(f"{hidden} sources are left out: they are not public.")
        return records.filter(sensitivity="public")

    def _report(self, outcome: Outcome, head: str, *, dry_run: bool) -> None:
        if not outcome.total:
            self.stdout.write("Nothing to publish: readers see every record as it stands.")
            return
        for name in ENDPOINTS:
            added, changed = outcome.added.get(name, 0), outcome.changed.get(name, 0)
            if added or changed:
                self.stdout.write(f"{name:18} {added:,} added, {changed:,} changed")
        self.stdout.write(
            "This was a rehearsal: nothing was published." if dry_run else f"Published. The head is {head}"
        )


def _endpoint(name: str) -> Endpoint:
    try:
        return ENDPOINTS[name.replace("_", "-")]
    except KeyError:
        raise CommandError(f'No table is called "{name}". The tables are: {", ".join(ENDPOINTS)}.') from None


def _named(endpoint: Endpoint, slugs: list[str]) -> Any:
    records = endpoint.model.objects.filter(slug__in=slugs)
    if missing := sorted(set(slugs) - set(records.values_list("slug", flat=True))):
        raise CommandError(
            f"There is no {', no '.join(f'{endpoint.name}/{slug}' for slug in missing)}: nothing was published."
        )
    return records
