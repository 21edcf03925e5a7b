"""The words of jobs."""

from border.kernel.vocabulary import Vocabulary


class JobState(Vocabulary):
    """How far a piece of work has come."""

    WAITING = "waiting", "Asked for; a worker takes it up when one is free.", "", "Waiting"
    RUNNING = (
        "running",
        "A worker has it in hand.",
        "",
        "Running",
    )
    DONE = "done", "All of it is applied, once.", "", "Done"
    FAILED = "failed", "It could not be done; nothing of it is applied.", "", "Failed"
    CANCELLED = "cancelled", "Somebody called it off; nothing of it is applied.", "", "Cancelled"


UNFINISHED = (JobState.WAITING, JobState.RUNNING)
OVER = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)
