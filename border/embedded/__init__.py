"""A real PostgreSQL for a machine that has none: its files, its verbs, its address."""

from pathlib import Path

from border.embedded.cluster import Role
from border.embedded.place import EmbeddedError, folder, make_folder
from border.embedded.server import Server

__all__ = ["EmbeddedError", "Role", "Server", "folder", "make_folder", "url"]


def url(role: Role = "owner", folder: Path | None = None) -> str:
    """The address of the embedded database for ``role``; starts nothing.

    Raises EmbeddedError, which says what to run, when the folder was never set up or belongs to somebody else.
    """
    return Server(folder).url(role)
