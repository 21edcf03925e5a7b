"""The work on imports that is done outside of requests: a file read, written, taken back, and decisions on names applied."""

from pathlib import Path
from typing import Any

from border.history import undo
from border.history.plan import Conflict
from border.history.selection import Selection, last_undoing, of_batch
from border.imports.choices import ImportState, RowVerdict
from border.imports.comparing import place_anew
from border.imports.following import follow
from border.imports.loading import load_read, not_allowed
from border.imports.models import Import
from border.imports.reading import clear, read_into, told
from border.imports.settling import settle
from border.imports.staging import counted
from border.imports.writing import write
from border.jobs.kinds import job
from border.jobs.models import Job
from border.jobs.progress import Progress
from sources.choices import BatchState
from sources.models import Batch

# So many things that stay as they are when an import is taken back are named one by one.
CONFLICTS_TOLD = 200


class NotNow(Exception):
    """The import is not in the state in which this can be done; ``problems`` says it to whoever asked."""

    def __init__(self, problem: str) -> None:
        self.problems = [problem]
        super().__init__(problem)


@job("import.read", title="Read a dataset")
def read_file(progress: Progress, *, of: int) -> dict[str, Any]:
    """Read the file of an import and compare its rows with what is here."""
    one = _held(of, ImportState.WAITING, ImportState.READ)
    read_into(one, _file_of(one), lambda count: progress.step(count, None, "rows"))
    _check_rights(progress, one)
    return {"message": f"Read, and nothing is written yet: {told(one.counts)}."}


@job("import.write", title="Write a dataset")
def write_rows(progress: Progress, *, of: int, why: str, without_refused: bool = False) -> dict[str, Any]:
    """Write the rows of an import that are new or changed, as one batch."""
    one = _held(of, ImportState.READ)
    counts = dict(counted(one))
    if counts != one.counts:
        raise NotNow("The rows that were read are gone, as after a crash. Have the file read again.")
    if counts.get(RowVerdict.REFUSED) and one.must_be_whole:
        raise NotNow(
            "Rows of it are refused. Mend the file, and bring it again: it is written whole or not at all."
        )
    if counts.get(RowVerdict.REFUSED) and not without_refused:
        raise NotNow("Rows of it are refused. Mend the file, or say that they are left out.")
    if one.is_of_a_dataset:
        place_anew(one)
        batch = write(
            one,
            by=_asker(progress),
            why=why,
            via="import",
            tell=lambda done, steps: progress.step(done, steps, "steps"),
        )
    else:
        _check_rights(progress, one)
        progress.step(0)
        batch = load_read(one, _file_of(one), by=_asker(progress), why=why, via="import")
    one.state = ImportState.WRITTEN
    one.save(update_fields=["state"])
    clear(one)
    follow(one.format, one.release)
    if batch is None:
        return {"message": "There was nothing to write: the database says all this already."}
    return {"message": f"Written as batch {batch.pk}: {told(one.counts)}.", "batch": batch.pk}


@job("import.undo", title="Take a dataset back")
def take_back(progress: Progress, *, of: int, why: str) -> dict[str, Any]:
    """Take back what an import wrote, where nobody has written since."""
    one = _held(of, ImportState.WRITTEN)
    batch = _batch(one)
    if batch is None or batch.state == BatchState.UNDONE:
        raise NotNow("There is nothing to take back, or it was taken back already.")
    return _go(progress, of_batch(batch), batch, BatchState.UNDONE, "are taken back", why)


@job("import.back", title="Bring a dataset back")
def bring_back(progress: Progress, *, of: int, why: str) -> dict[str, Any]:
    """Bring back what was taken back of an import, where nobody has written since."""
    one = _held(of, ImportState.WRITTEN)
    batch = _batch(one)
    undoing = last_undoing(batch) if batch and batch.state == BatchState.UNDONE else None
    if batch is None or undoing is None:
        raise NotNow("There is nothing to bring back, or it was brought back already.")
    return _go(progress, undoing, batch, BatchState.APPLIED, "are back", why)


@job("import.settle", title="Apply decisions about names")
def apply_decisions(progress: Progress, *, why: str = "") -> dict[str, Any]:
    """Bring what was written up to date with the decisions about names that wait, as one batch."""
    progress.step(0)
    done = settle(
        by=_asker(progress),
        via="import",
        why=why,
        tell=lambda done, steps: progress.step(done, steps, "datasets"),
    )
    if not done.decisions:
        return {"message": "No decision waits: there was nothing to apply."}
    if done.batch is None:
        return {"message": str(done)}
    return {"message": f"{done} It is batch {done.batch.pk}.", "batch": done.batch.pk}


def _batch(one: Import) -> Batch | None:
    """What an import wrote, held until the transaction ends."""
    return Batch.objects.select_for_update().get(pk=one.batch_id) if one.batch_id else None


def _go(
    progress: Progress, selection: Selection, batch: Batch, state: BatchState, words: str, why: str
) -> dict[str, Any]:
    """Take the changes of ``selection`` back, after which ``batch`` is in ``state``; what is told of it."""
    progress.step(0)
    done = undo.take_back(
        selection,
        by=_asker(progress),
        reason=why,
        tell=lambda done, rows: progress.step(done, rows, "rows"),
    )
    batch.state = state
    batch.save(update_fields=["state"])
    follow(batch.format, batch.release)
    stays = f" {done.kept:,} stay as changed since." if done.kept else ""
    return {
        "message": f"{done.rows.total():,} rows {words}.{stays}",
        "stays": [_said(conflict) for conflict in done.conflicts[:CONFLICTS_TOLD]],
        "more": max(0, done.kept - CONFLICTS_TOLD),
    }


def _said(one: Conflict) -> str:
    """What stays and why, whose word it is, in a line."""
    named = f", {one.model._meta.get_field(one.column).verbose_name}" if one.column else ""
    hand = f" Last written by {one.hand.who}, {one.hand.at:%-d %B %Y}." if one.hand else ""
    return f"{one.called.text}{named}: {one.reason}{hand}"


def _file_of(one: Import) -> Path:
    """The file of an import. Raises NotNow where it is gone."""
    path = Path(one.file.path) if one.file else None
    if path is None or not path.exists():
        raise NotNow("Its file is gone. Give this import up, and bring the file again.")
    return path


def _check_rights(progress: Progress, one: Import) -> None:
    """Raises NotNow where whoever asked may not import all tables of the file."""
    if not one.is_of_a_dataset and (refusal := not_allowed(_asker(progress), one)):
        raise NotNow(refusal)


def _asker(progress: Progress) -> Any:
    """Who asked for the job that is being done."""
    return Job.objects.select_related("asked_by").get(pk=progress.job).asked_by


def _held(of: int, *states: ImportState) -> Import:
    """The import, held until the transaction ends. Raises NotNow where it is in none of ``states``."""
    one = Import.objects.select_for_update(of=("self",), no_key=True).get(pk=of)
    if one.state not in states:
        raise NotNow(
            f"{one.name} is {one.get_state_display().lower()}: this was done already, or cannot be done any more."
        )
    return one
