"""The kinds of work there are: functions that are registered under a name."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings

Work = Callable[..., dict[str, Any] | None]


@dataclass(frozen=True)
class Kind:
    """A kind of work: its name, what people call it, and the function that does it."""

    name: str
    title: str
    work: Work

    def require(self, arguments: dict[str, Any]) -> None:
        """Raises TypeError unless the function can be called with ``arguments``."""
        inspect.signature(self.work).bind(None, **arguments)


_KINDS: dict[str, Kind] = {}


def job(name: str, *, title: str) -> Callable[[Work], Work]:
    """A decorator: the function does the jobs of kind ``name``, which people call ``title``.

    It gets a `Progress`, then the arguments that were asked for by name, each of which JSON can hold. All that it writes
    is one transaction with the job's being done. What it returns is kept with the job; its ``message`` is shown.
    An exception that has ``problems`` says them to whoever asked. Its module stands in the setting JOB_MODULES.
    """

    def register(work: Work) -> Work:
        known = _KINDS.setdefault(name, Kind(name, title, work))
        if known.work is not work:
            raise ValueError(f"There is a job {name} already: {known.work.__module__}.{known.work.__name__}")
        return work

    return register


def kind_of(name: str) -> Kind | None:
    """The kind of this name; None where the program knows none (any more)."""
    for module in settings.JOB_MODULES:
        import_module(module)
    return _KINDS.get(name)
