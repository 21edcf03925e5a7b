"""What taking changes back would come to: row by row, and what later changes stand against it."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any, Protocol

from django.db.models import Max, QuerySet

from border.history.called import Called, Key, called
from border.history.replay import TOGETHER, Version, replay
from border.history.selection import Selection, Undone
from border.history.tables import FIXED, accompanied, references, resting, tracked, unique, written
from border.history.who import Hand, Hands
from border.kernel.records import Status

NO_DRAFT = "It is no draft any more: only drafts are deleted."


@dataclass(frozen=True)
class Step:
    """What would be written of one row: columns with their values before and after, and the whole row."""

    model: type[Any]
    pk: int
    action: str
    fields: dict[str, tuple[Any, Any]]
    row: Version
    called: Called


@dataclass(frozen=True)
class Conflict:
    """What stays as it is, and why: a later word on one column, or on the whole row where ``column`` is empty."""

    model: type[Any]
    pk: int
    column: str
    kept: Any
    wanted: Any
    reason: str
    hand: Hand | None
    called: Called


@dataclass(frozen=True)
class Plan:
    """What taking back the changes of ``selection`` would come to now."""

    selection: Selection
    steps: list[Step]
    conflicts: list[Conflict]

    @cached_property
    def digest(self) -> str:
        """The same for two plans that write and keep the same."""
        said = [(step.model._meta.label, step.pk, step.action, step.fields) for step in self.steps]
        kept = [
            (one.model._meta.label, one.pk, one.column, one.kept, one.wanted, one.reason)
            for one in self.conflicts
        ]
        # Sorted: the order in which tables were asked is another in another process.
        return hashlib.sha256("\n".join(sorted(map(repr, (*said, *kept)))).encode()).hexdigest()

    @property
    def records(self) -> dict[Key, list[Step]]:
        """The steps by the record that they belong to."""
        found = defaultdict(list)
        for step in self.steps:
            found[step.called.record].append(step)
        return dict(found)


class Aside(Protocol):
    """Rows of which it is settled that they go, or come back, beside those of a plan."""

    def staying(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those of ``rows`` that do not go."""

    def coming(self, model: type[Any], ids: Collection[int]) -> set[int]:
        """Those of ``ids`` that come back."""


def plan(selection: Selection, rows: Undone | None = None, aside: Aside | None = None) -> Plan:
    """What taking ``selection`` back would come to; it writes nothing and locks nothing.

    A column goes back where the latest word on it is one of those taken back. A row that was made goes, unless it
    was changed since or others rest on it; a row that was deleted comes back with its id. A review status and a
    slug stay. Whatever cannot go back stays as it is and is a conflict. Of a part of the selection ``rows`` has the
    changes, and ``aside`` knows what becomes of the rest.
    """
    drawing = _Drawing(aside)
    for model, undone in (selection.by_row() if rows is None else rows).items():
        drawing.read(model, undone)
    drawing.settle()
    return drawing.plan(selection)


@dataclass(frozen=True)
class _Objection:
    key: Key
    column: str
    kept: Any
    wanted: Any
    reason: str
    version: Version | None = None
    culprit: Key | None = None


@dataclass
class _Drawing:
    """A plan while it is drawn: rows that would go, come back or be moved, each struck out by what stands in its way."""

    aside: Aside | None = None
    gone: dict[Key, Version] = field(default_factory=dict)
    back: dict[Key, Version] = field(default_factory=dict)
    moved: dict[Key, dict[str, tuple[Any, Any]]] = field(default_factory=dict)
    kept: set[Key] = field(default_factory=set)
    now: dict[Key, Version] = field(default_factory=dict)
    objections: list[_Objection] = field(default_factory=list)

    # What the history says.

    def read(self, model: type[Any], undone: dict[int, set[int]]) -> None:
        """Draw what the history alone says of rows of ``model``, of each without its changes ``undone``."""
        columns = written(model)
        for pk, versions in _lives(model, undone):
            life = replay(versions, undone[pk], columns)
            key, last = (model, pk), versions[-1]
            fixed = {name: last[name] for name in FIXED if name in last}
            for word in life.standing:
                reason = "It was deleted since." if life.now is None else "It was changed since."
                kept = life.then[word.column] if word.column and life.then else None
                self.objections.append(_Objection(key, word.column, kept, word.wanted, reason, word.version))
            self.now[key] = fixed | (life.now or {})
            if life.now is None and life.then is not None:
                self.back[key] = fixed | life.then
            elif life.now is not None and life.then is None and life.words:
                self.kept.add(key)
            elif life.now is not None and life.then is None:
                self.gone[key] = fixed | life.now
            elif life.now is not None and life.then is not None and life.changed:
                self.moved[key] = {name: (life.now[name], life.then[name]) for name in life.changed}

    # What the rows around say.

    def settle(self) -> None:
        """Strike out what cannot be, until what is left can."""
        for key, row in list(self.gone.items()):
            if row.get("status", Status.DRAFT) != Status.DRAFT:
                self._keep(key, NO_DRAFT)
        self.there = self._targets()
        self.resting = list(self._resting())
        while self._without_target() or self._taken() or self._needed():
            pass

    def _targets(self) -> dict[type[Any], set[int]]:
        wanted: dict[type[Any], set[int]] = defaultdict(set)
        for _, target in self._pointers():
            wanted[target[0]].add(target[1])
        there = {
            model: set(model._base_manager.filter(pk__in=ids).values_list("pk", flat=True))
            for model, ids in wanted.items()
        }
        if self.aside:
            there = {model: ids | self.aside.coming(model, wanted[model]) for model, ids in there.items()}
        return there

    def _staying(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return self.aside.staying(rows) if self.aside else rows

    def _pointers(self) -> Iterator[tuple[tuple[Key, str], Key]]:
        """Where the rows that come back or are moved would point to."""
        rows: list[tuple[Key, Version]] = [
            *self.back.items(),
            *((key, {name: then for name, (_, then) in moves.items()}) for key, moves in self.moved.items()),
        ]
        for key, row in rows:
            for column, target in references(key[0]):
                if row.get(column) is not None:
                    yield (key, column), (target, row[column])

    def _resting(self) -> Iterator[tuple[Key, str, Key]]:
        """Which rows point to those that would go, and by which column."""
        for model in {model for model, _ in self.gone}:
            ids = [pk for one, pk in self.gone if one is model]
            for related, column in resting(model):
                rows = self._staying(related._base_manager.filter(**{f"{column}__in": ids}))
                for pk, target in rows.values_list("pk", column):
                    yield (related, pk), column, (model, target)

    def _without_target(self) -> bool:
        lost = [
            (key, column)
            for (key, column), target in self._pointers()
            if target[1] not in self.there[target[0]] and target not in self.back
        ]
        for key, column in lost:
            name = key[0]._meta.get_field(column).verbose_name
            self._strike(key, column, f"The {name} that it had is gone.")
        return bool(lost)

    def _taken(self) -> bool:
        """Strike out whatever would have what another row has and no two may share."""
        struck = False
        for model in {model for model, _ in (*self.back, *self.moved)}:
            for columns in unique(model):
                claims = self._claims(model, columns)
                if not claims:
                    continue
                holders = self._holders(model, columns, claims)
                for key, value in claims.items():
                    holder = holders.setdefault(value, key)
                    if holder != key:
                        struck = True
                        culprit = holder if holder not in self.back else None
                        reason = "Another row has taken its place, and no two may share it."
                        for column in columns if key in self.moved else [""]:
                            self._strike(key, column, reason, culprit)
        return struck

    def _claims(self, model: type[Any], columns: tuple[str, ...]) -> dict[Key, tuple[Any, ...]]:
        claims = {
            key: tuple(row[column] for column in columns) for key, row in self.back.items() if key[0] is model
        }
        for key, moves in self.moved.items():
            if key[0] is model and not moves.keys().isdisjoint(columns):
                claims[key] = self._then(key, columns)
        return {key: value for key, value in claims.items() if None not in value}

    def _then(self, key: Key, columns: Iterable[str]) -> tuple[Any, ...]:
        moves = self.moved.get(key, {})
        return tuple(moves[name][1] if name in moves else self.now[key][name] for name in columns)

    def _holders(
        self, model: type[Any], columns: tuple[str, ...], claims: dict[Key, tuple[Any, ...]]
    ) -> dict[tuple[Any, ...], Key]:
        """Who has each of the claimed values once the plan is carried out, among rows that lie there already."""
        first = {f"{columns[0]}__in": {value[0] for value in claims.values()}}
        holders = {}
        for pk, *value in self._staying(model._base_manager.filter(**first)).values_list("pk", *columns):
            key = (model, pk)
            if key not in self.gone:
                holders[self._then(key, columns) if key in self.moved else tuple(value)] = key
        return holders

    def _needed(self) -> bool:
        """Keep whatever would go while another row that stays rests on it."""
        before = len(self.gone)
        for key, column, target in self.resting:
            moves_off = column in self.moved.get(key, {})
            if target in self.gone and key not in self.gone and not moves_off:
                self._keep(target, "Something that stays rests on it.", key)
        for (key, _), target in list(self._pointers()):
            if target in self.gone:
                culprit = key if key in self.moved else None
                self._keep(target, "Something that comes back rests on it.", culprit)
        # A record that stays is whole: what was made with it stays with it.
        for key, row in list(self.gone.items()):
            if any((other, row[column]) in self.kept for other, column in accompanied(key[0])):
                del self.gone[key]
                self.kept.add(key)
        return len(self.gone) < before

    def _keep(self, key: Key, reason: str, culprit: Key | None = None) -> None:
        self.objections.append(_Objection(key, "", None, None, reason, culprit=culprit))
        self.kept.add(key)
        del self.gone[key]

    def _strike(self, key: Key, column: str, reason: str, culprit: Key | None = None) -> None:
        """A row does not come back, or does not move in ``column`` and what is told together with it."""
        if key in self.back:
            del self.back[key]
            self.objections.append(_Objection(key, "", None, None, reason, culprit=culprit))
            return
        moves = self.moved.get(key, {})
        for name in next((group for group in TOGETHER if column in group), (column,)):
            if name in moves:
                kept, wanted = moves.pop(name)
                self.objections.append(_Objection(key, name, kept, wanted, reason, culprit=culprit))
        if not moves:
            self.moved.pop(key, None)

    # What it comes to.

    def plan(self, selection: Selection) -> Plan:
        """The plan as it is drawn, with names and people."""
        culprits = latest({one.culprit for one in self.objections if one.culprit})
        versions = [one.version or culprits.get(one.culprit) for one in self.objections]  # type: ignore[arg-type]
        hands = Hands(version for version in versions if version)
        names = called({**self.now, **culprits})
        steps = [
            *(
                ("delete", key, {name: (value, None) for name, value in row.items()}, row)
                for key, row in self.gone.items()
            ),
            *(("update", key, moves, self.now[key]) for key, moves in self.moved.items()),
            *(
                ("insert", key, {name: (None, value) for name, value in row.items()}, row)
                for key, row in self.back.items()
            ),
        ]
        conflicts = []
        for one, version in zip(self.objections, versions, strict=True):
            reason = (
                f"{one.reason[:-1]}: {names[one.culprit].text}." if one.culprit in culprits else one.reason
            )
            conflicts.append(
                Conflict(
                    *one.key,
                    one.column,
                    one.kept,
                    one.wanted,
                    reason,
                    hands.of(version) if version else None,
                    names[one.key],
                )
            )
        return Plan(
            selection,
            [Step(*key, action, fields, row, names[key]) for action, key, fields, row in steps],
            conflicts,
        )


_AT_ONCE = 5000


def _lives(model: type[Any], undone: dict[int, set[int]]) -> Iterator[tuple[int, list[Version]]]:
    """All versions of each row, in their order, without the columns that are derived."""
    fixed = [name for name in FIXED if any(name == one.name for one in model._meta.concrete_fields)]
    columns = ("pgh_id", "pgh_label", "pgh_obj_id", "pgh_context_id", "pgh_created_at", "by_role")
    ids = sorted(undone)
    for start in range(0, len(ids), _AT_ONCE):
        versions = tracked()[model]._default_manager.filter(pgh_obj_id__in=ids[start : start + _AT_ONCE])
        rows = versions.order_by("pgh_obj_id", "pgh_id").values(*columns, *fixed, *written(model))
        for pk, life in groupby(rows, key=lambda row: row["pgh_obj_id"]):
            yield pk, list(life)


def latest(keys: set[Key]) -> dict[Key, Version]:
    """The latest version of each row."""
    found: dict[Key, Version] = {}
    for model in {model for model, _ in keys} & set(tracked()):
        versions = tracked()[model]._default_manager
        ids = {pk for one, pk in keys if one is model}
        last = versions.filter(pgh_obj_id__in=ids).values("pgh_obj_id").annotate(last=Max("pgh_id"))
        for row in versions.filter(pgh_id__in=last.values("last")).values():
            found[model, row["pgh_obj_id"]] = row
    return found
