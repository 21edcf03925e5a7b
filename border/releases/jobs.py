"""The work on releases that is done outside of requests."""

from typing import Any

from border.jobs.kinds import job
from border.jobs.models import Job
from border.jobs.progress import Progress


@job("release.make", title="Make a release")
def make_release(progress: Progress, *, name: str, note: str = "") -> dict[str, Any]:
    """Make a release of what is published now."""
    # Only whoever makes one needs what writes Parquet.
    from border.releases.making import make

    by = Job.objects.select_related("asked_by").get(pk=progress.job).asked_by
    release = make(name, by=by, note=note, tell=progress.step)
    return {
        "message": f"Release {name} is made: block {release.block}, {sum(release.counts.values()):,} rows.",
        "release": name,
    }
