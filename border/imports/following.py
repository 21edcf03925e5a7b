"""What follows once rows of a dataset have come, gone or come back."""

from border.imports.actor_lists import LIST, ask_again
from border.imports.counting import count_kept
from sources.models import Source


def follow(form: str, release: Source | None) -> None:
    """Count anew how many rows have each name, and ask a list of actors again whom the names may mean that wait.

    ``form`` is the format of the file, ``release`` what its rows are of; where that is no dataset, nothing follows.
    """
    if release is None or not release.dataset:
        return
    count_kept(release.dataset)
    if form == LIST:
        ask_again(release.dataset)
