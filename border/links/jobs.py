"""The work on links that is done outside of requests."""

from typing import Any

from border.jobs.kinds import job
from border.jobs.progress import Progress
from border.links.looking import look


@job("links.look", title="Look for events that are the same")
def look_for_candidates(progress: Progress) -> dict[str, Any]:
    """Work out anew which events of different datasets may be one."""
    progress.step(0)
    found = look()
    progress.step(found.pairs, found.pairs, "pairs")
    return {"message": str(found), "pairs": found.pairs, "open": found.open}
