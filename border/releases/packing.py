"""What is told of files that are written, and all of them in one."""

import hashlib
import os
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from border.releases.describing import meaning, media_type

SUMS = "SHA256SUMS"
# A ZIP tells when its files were made, to two seconds from this day on; nothing of ours tells when.
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def told_of(path: Path, rows: int | None = None) -> dict[str, Any]:
    """What a release tells of one of its files."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "name": path.name,
        "bytes": path.stat().st_size,
        "sha256": digest,
        "rows": rows,
        "media_type": media_type(path.name),
        "meaning": meaning(path.name),
    }


def write_sums(folder: Path, files: Iterable[Mapping[str, Any]]) -> None:
    """Write the digests as sha256sum reads them."""
    lines = "".join(
        f"{file['sha256']}  {file['name']}\n" for file in sorted(files, key=lambda one: one["name"])
    )
    (folder / SUMS).write_text(lines, encoding="utf-8", newline="\n")


def pack(path: Path, files: list[Path], name: str) -> None:
    """Write all ``files`` into one ZIP, in a folder of that ``name``, the same bytes for the same files."""
    with zipfile.ZipFile(path, "w") as packed:
        for one in sorted(files, key=lambda one: one.name):
            entry = zipfile.ZipInfo(f"{name}/{one.name}", LONG_AGO)
            entry.file_size = one.stat().st_size
            entry.create_system = 3  # Unix, whatever this is
            entry.external_attr = 0o100644 << 16
            # Parquet is packed already.
            entry.compress_type = zipfile.ZIP_STORED if one.suffix == ".parquet" else zipfile.ZIP_DEFLATED
            with one.open("rb") as source, packed.open(entry, "w") as target:
                shutil.copyfileobj(source, target, 1 << 20)


def keep(folder: Path) -> None:
    """Have all files of a folder, and the folder, on the disk before anybody is told of them."""
    for path in [*folder.iterdir(), folder]:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
