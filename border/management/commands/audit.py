"""What the rules allow and a curator should look at."""

from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import transaction

from border.kernel.audits import audits, called, findings


class Command(BaseCommand):
    """List the rows for which a claim about the data does not hold, and exit with 1 if there are any.

    Changes nothing. Name audits to run these alone; --list says what each claims.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Which audits, or only their list."""
        parser.add_argument("names", nargs="*", metavar="AUDIT", help="an audit to run; all if none is named")
        parser.add_argument("--list", action="store_true", help="list the audits and what they claim")

    def handle(self, *, names: list[str], list: bool, **options: object) -> None:  # noqa: A002 - the option's name
        """Run them over one state of the data."""
        known = {audit.name: audit for audit in audits()}
        unknown = [name for name in names if name not in known]
        if unknown:
            raise CommandError(f"There is no audit {', '.join(unknown)}. There are: {', '.join(known)}.")
        if list:
            for audit in known.values():
                self.stdout.write(f"{audit.name}: {audit.claim}")
            return
        found = 0
        with transaction.atomic():
            for name in names or known:
                rows = sorted(called(suspicion.row) for suspicion in findings(name))
                found += len(rows)
                self.stdout.write(f"{name}: {known[name].claim} {f'Not so: {len(rows)}' if rows else 'So.'}")
                for row in rows:
                    self.stdout.write(f"  {row}")
        if found:
            raise CommandError(f"{found} to look at.")
