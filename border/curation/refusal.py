"""Why two records were not made one, or one not two."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import DataError, IntegrityError, InternalError

from border.kernel.writing import refuse


class MergeRefused(Exception):
    """Why nothing was merged, parted or taken back: one sentence per problem, each with its remedy."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


@contextmanager
def refusing() -> Iterator[None]:
    """What the database refuses within is said as a MergeRefused, in the database's words."""
    try:
        yield
    except (IntegrityError, InternalError, DataError) as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        said = getattr(diagnosis, "message_primary", None) or str(error)
        rule = getattr(diagnosis, "constraint_name", None) or ""
        raise MergeRefused([said.removeprefix(f"{rule}: ")]) from error


def require_reason(by: Any, reason: str) -> None:
    """Raises MergeRefused unless somebody answers for the step, with a reason that can be kept."""
    if by is None or not getattr(by, "pk", None):
        raise MergeRefused(["Somebody must answer for it: sign in."])
    if not reason.strip():
        raise MergeRefused(["Give a reason: those who come after will ask for it."])
    if len(reason) > 500:
        raise MergeRefused([f"The reason has {len(reason)} characters: shorten it to 500."])
    if fault := refuse(reason, multiline=True):
        raise MergeRefused([f"The reason cannot be kept as it is. {fault}"])
