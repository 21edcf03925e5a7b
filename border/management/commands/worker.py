"""Work outside of requests."""

from django.core.management.base import BaseCommand, CommandError

from border.jobs.worker import WorkerFailed, serve


class Command(BaseCommand):
    """Do the jobs that people asked for, one after the other, until SIGTERM or Ctrl-C.

    Any number of workers share the queue. A worker that is told to end has some seconds for the job in its hands, which
    is then given back; the job of one that was killed is taken up by another half a minute later. Either way it is
    applied once or not at all. It works with the rights of the web process: BORDER_DB_ROLE=app.
    """

    help = __doc__
    requires_system_checks = []

    def handle(self, **options: object) -> None:
        """Work, and say so."""
        try:
            serve(lambda: self.say("Ready for jobs."))
        except WorkerFailed as error:
            raise CommandError(
                f"The worker ends: {' '.join(str(error).split()) or 'it lost the database'}. Is the database there, and migrated?"
            ) from error

    def say(self, sentence: str) -> None:
        """Say ``sentence`` at once, whoever reads along."""
        self.stdout.write(sentence)
        self.stdout.flush()
