"""Audits: what the rules allow and a curator should look at. Each is a QuerySet whose answer should be none.

A noun registers its own in ``audits.py``. They run by ``manage.py audit``, over the fixtures in the tests, and on
save in the admin, which asks :func:`findings_for`. Those that every noun shares stand below.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils.module_loading import autodiscover_modules

from border.kernel.dates import Dated, set_bounds
from border.kernel.edtf import EDTFError
from border.kernel.records import Keyed
from border.kernel.statement import Statement

Rows = QuerySet[Any]
Ask = Callable[[Rows], Rows]
Models = type[Model] | Callable[[], list[type[Model]]]


@dataclass(frozen=True)
class Audit:
    """A claim about the rows of some tables, and the question that finds those it does not hold for.

    One that is ``slow`` reads files, or every row in Python: it is run by command, not while somebody waits for a page.
    """

    name: str
    claim: str
    of: Models
    about: tuple[str, ...]
    ask: Ask
    slow: bool = False

    def models(self) -> list[type[Model]]:
        """The tables it looks at: those of an abstract class are all that inherit from it."""
        if not isinstance(self.of, type):
            return self.of()
        return [model for model in apps.get_models() if issubclass(model, self.of) and not model._meta.proxy]

    def suspicious(self, model: type[Model]) -> Rows:
        """The rows of ``model`` for which the claim does not hold."""
        return self.ask(model._default_manager.all())

    def suspicious_for(self, record: Model) -> list[Model]:
        """The rows for which the claim does not hold, among ``record`` and the rows that are about it."""
        found: list[Model] = []
        for model in self.models():
            rows = model._default_manager.all()
            if isinstance(record, model):
                found += self.ask(rows.filter(pk=record.pk))
            for name in self.about:
                field = model._meta.get_field(name)
                if field.related_model and isinstance(record, field.related_model):
                    found += self.ask(rows.filter(**{name: record.pk}))
        return found


class Suspicion(NamedTuple):
    """A row that an audit found."""

    claim: str
    row: Model

    def __str__(self) -> str:
        return f"{self.claim} Not so: {called(self.row)}."


_REGISTERED: dict[str, Audit] = {}


def audit(claim: str, *, of: Models, about: str = "", slow: bool = False) -> Callable[[Ask], Ask]:
    """A decorator that registers a question under a claim in one sentence.

    The question narrows the rows it is given to those for which the claim does not hold. ``of`` is their model, an
    abstract class that several inherit, or a function that names them. ``about`` lists the foreign keys (in one
    string) of the records that the row belongs to: whoever edits one of these is told. ``slow`` says that it looks at
    each row in Python or at files.
    """

    def register(ask: Ask) -> Ask:
        _REGISTERED[ask.__name__] = Audit(ask.__name__, claim, of, tuple(about.split()), ask, slow)
        return ask

    return register


def audits() -> list[Audit]:
    """Every audit of every noun, by name."""
    autodiscover_modules("audits")
    return [_REGISTERED[name] for name in sorted(_REGISTERED)]


def findings(*names: str) -> Iterator[Suspicion]:
    """What the audits called ``names`` find, or all of them. Raises KeyError for one that there is not."""
    known = {audit.name: audit for audit in audits()}
    for name in names or known:
        for model in known[name].models():
            for row in known[name].suspicious(model):
                yield Suspicion(known[name].claim, row)


def findings_for(record: Model) -> list[Suspicion]:
    """What all audits find about ``record`` and the rows that belong to it: for whoever has just saved it."""
    return [Suspicion(audit.claim, row) for audit in audits() for row in audit.suspicious_for(record)]


def called(row: Model) -> str:
    """How people know ``row``: its noun, and its slug or its own words."""
    return f"{row._meta.verbose_name} {getattr(row, 'slug', None) or row}"


def where(rows: Rows, doubtful: Callable[[Any], bool]) -> Rows:
    """Those of ``rows`` that are ``doubtful``, where only Python can tell."""
    return rows.filter(pk__in=[row.pk for row in rows.iterator(chunk_size=2000) if doubtful(row)])


@audit("The days a date can mean are what its text gives now.", of=Dated, slow=True)
def days_stale(rows: Rows) -> Rows:
    """Rows whose possible or certain days are not those of their EDTF text."""

    def doubtful(row: Any) -> bool:
        kept = row.possible, row.certain
        try:
            set_bounds([row])
        except EDTFError:
            return True
        return kept != (row.possible, row.certain)

    return where(rows, doubtful)


@audit("The search keys are those of the names as they stand now.", of=Keyed, slow=True)
def search_keys_stale(rows: Rows) -> Rows:
    """Rows that a search by their own name may miss."""

    def doubtful(row: Any) -> bool:
        kept = row.search_keys
        row.derive()
        return kept != row.search_keys

    return where(rows, doubtful)


@audit("A statement says when it holds.", of=Statement)
def statements_undated(rows: Rows) -> Rows:
    """Statements without any date: they answer every question about a day with perhaps."""
    return rows.filter(**{rows.model.dated_by: ""})
