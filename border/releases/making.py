"""Making a release, and making its files again.

Its files are written beside, put in place in one step, and registered in the same transaction. Whoever is killed in the
middle leaves a folder that the next one clears away.
"""

import os
import platform
import shutil
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.db import connection, transaction
from django.utils import timezone

from border.publication.endpoints import ENDPOINTS
from border.releases import citing, describing, differing, files, packing, record
from border.releases.models import Hand, Release
from border.releases.operations import folder_of, refusals, root, state_of, the
from border.releases.record import State
from border.releases.refusal import ReleaseRefused

# One advisory lock orders the making of releases. The number is arbitrary and belongs to it alone.
LOCK = 7_204_914
MAKING = ".making-"
# After so many records whoever waits is told, and the connection that holds the lock shows that it lives.
TOLD_AFTER = 500

Tell = Callable[[int, int | None, str], Any]


def silent(done: int, total: int | None, word: str) -> None:
    """Tells nobody."""


@transaction.atomic
def make(name: str, *, by: Any, note: str = "", tell: Tell = silent) -> Release:
    """A new release of what is published now. ``note`` is public, who made it is not. Raises ReleaseRefused."""
    _alone()
    if problems := refusals(name, note.strip()):
        raise ReleaseRefused(*problems)
    before = Release.objects.standing().latest_first().first()
    with _beside(name) as folder, record.standing_still() as reader:
        state = record.newest(reader)
        made = _write(folder, reader, name, state, note.strip(), before, tell)
        now = timezone.now()
        release = Release(
            name=name,
            block=state.block,
            digest=state.digest,
            at=state.at,
            before=before,
            files=made.files,
            changes=made.changes,
            note=note.strip(),
            made_at=now,
            made_with=made_with(),
        )
        _put_in_place(folder, name)
    release.save(force_insert=True)
    Hand.objects.create(release=release, withdrew=False, by=by, at=now)
    return release


@transaction.atomic
def make_again(name: str, *, tell: Tell = silent) -> Release:
    """The release of this name, its files made again from the published record and found to be the same. Raises ReleaseRefused.

    Files that lie there stay where they are what they were; lost or changed ones are replaced.
    """
    _alone()
    release = the(name)
    if release.withdrawn_at:
        raise ReleaseRefused(f"{name} was withdrawn: {release.reason}")
    with _beside(name) as folder, record.standing_still() as reader:
        state = state_of(release)
        record.check(reader, state)
        made = _write(folder, reader, name, state, release.note, release.before, tell)
        others = [file["name"] for file in made.files if release.file(file["name"]) != file] or sorted(
            {file["name"] for file in release.files} - {file["name"] for file in made.files}
        )
        if others:
            raise ReleaseRefused(
                f"Made again it is not the same: {', '.join(others)}.",
                f"It was made with {release.made_with}, now with {made_with()}, and with the code of its day.",
            )
        if faults(release):
            _put_in_place(folder, name)
    return release


def made_with() -> str:
    """The versions of the programs that decide on the bytes of the files."""
    return f"Python {platform.python_version()}, pyarrow {pa.__version__}, zlib {zlib.ZLIB_RUNTIME_VERSION}"


def faults(release: Release) -> list[str]:
    """The files of a release that are lost, or are not what was registered."""
    folder = folder_of(release)
    return [
        file["name"]
        for file in release.files
        if not (folder / file["name"]).is_file()
        or packing.told_of(folder / file["name"])["sha256"] != file["sha256"]
    ]


class _Made:
    """What was written: the files, and how many records are different in which way."""

    def __init__(self, told: list[dict[str, Any]], changes: dict[str, int] | None) -> None:
        self.files, self.changes = told, changes


def _write(
    folder: Path, reader: Any, name: str, state: State, note: str, before: Release | None, tell: Tell
) -> _Made:
    """Write all files of a release into an empty folder."""
    counting = _Counting(tell, record.count(reader, state), "records")
    told: dict[str, files.Told] = {}
    for endpoint in ENDPOINTS.values():
        documents = record.documents(reader, endpoint, state)
        told |= files.write(folder, endpoint, documents, counting.one_more)
    changes = None
    if before:
        counting = _Counting(tell, None, "differences")
        changes = differing.write(folder, reader, state_of(before), state, counting.one_more)
    describing.write_codebook(folder)
    counts = {table: one.rows for table, one in told.items()}
    listed = [packing.told_of(path, counts.get(path.stem)) for path in _sorted(folder)]
    package = describing.package(name, state, told, listed, note)
    describing.write_json(folder / "datapackage.json", package)
    describing.write_json(folder / "citation.json", citing.csl(name, state))
    _write_text(folder / "CITATION.bib", citing.bibtex(name, state))
    _write_text(
        folder / "README.md", describing.readme(name, state, told, note, before.name if before else "")
    )
    known = {file["name"] for file in listed}
    listed += [packing.told_of(path) for path in _sorted(folder) if path.name not in known]
    packing.write_sums(folder, listed)
    packed = folder / f"border-{name}.zip"
    tell(0, 1, "archives")
    packing.pack(packed, _sorted(folder), packed.stem)
    tell(1, 1, "archives")
    listed += [packing.told_of(folder / packing.SUMS), packing.told_of(packed)]
    packing.keep(folder)
    return _Made(sorted(listed, key=lambda file: file["name"]), changes)


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _sorted(folder: Path) -> list[Path]:
    return sorted(folder.iterdir(), key=lambda path: path.name)


class _Counting:
    """Tells how many are done, not for each."""

    def __init__(self, tell: Tell, total: int | None, word: str) -> None:
        self.tell, self.total, self.word, self.done = tell, total, word, 0
        tell(0, total, word)

    def one_more(self) -> None:
        """One more is done."""
        self.done += 1
        if self.done % TOLD_AFTER == 0 or self.done == self.total:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")  # a transaction that is silent for too long is ended
            self.tell(self.done, self.total, self.word)


def _alone() -> None:
    """Wait until nobody else makes a release, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


@contextmanager
def _beside(name: str) -> Iterator[Path]:
    """An empty folder beside those of releases. Whoever makes a release is alone: what others left is cleared away."""
    root().mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in root().glob(f"{MAKING}*"):
        shutil.rmtree(left)
    folder = root() / f"{MAKING}{name}"
    folder.mkdir()
    try:
        yield folder
    except OSError as error:
        raise ReleaseRefused(
            f"{error.filename or root()} cannot be written: {error.strerror}. Nothing is released."
        ) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _put_in_place(folder: Path, name: str) -> None:
    """Give the folder its name in one step; what lies there under this name is lost, changed or of nobody."""
    place = root() / name
    if place.exists():
        shutil.rmtree(place)
    folder.rename(place)
    descriptor = os.open(root(), os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
