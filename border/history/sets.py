"""Which of many rows go back by sets, and how: whole tables at a time, told by the numbers of their versions.

A row goes back by sets where nobody else has said anything on it since, and where it neither keeps nor needs another row
that is not as plain. One that is no draft any more *stays*, and what it owns or came from stays *with* it. All others are left *alone*, to be drawn one by one; whatever they could have a bearing on is left with
them, so that the sets can be written without looking at them again.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from border.documents.sql import column, quoted
from border.history.tables import FIXED, companions, references, resting, tracked, unique, written
from border.kernel.records import Status

# What becomes of a row.
DELETE, UPDATE, INSERT, STAY, WITH, ALONE = "delete", "update", "insert", "stay", "with", "alone"
# These were made by what is taken back, and would go.
MADE = (DELETE, STAY, WITH)

# Of each row its first change that is meant, its version now, and the one before all that is meant (`was`).
_TABLE = """
CREATE TEMPORARY TABLE undoing (
    model int NOT NULL, pk bigint NOT NULL, first bigint NOT NULL, now bigint, was bigint, later boolean, way text,
    PRIMARY KEY (model, pk)
) ON COMMIT DROP
"""
_GATHERED = """
INSERT INTO undoing (model, pk, first)
SELECT {model}, pgh_obj_id, min(pgh_id) FROM {history} WHERE pgh_context_id = ANY(%(contexts)s) GROUP BY pgh_obj_id
"""
_LOCKED = """
SELECT count(*) FROM (
    SELECT t.id FROM {table} t WHERE t.id IN ({ids}) ORDER BY t.id FOR UPDATE OF t
) AS locked
"""
_LATER = "h.pgh_id > u.first AND coalesce(h.pgh_context_id <> ALL(%(contexts)s), true)"
# What is older than its history has no version before.
_LIVED = f"""
WITH lives AS (
    SELECT u.pk, u.first, max(h.pgh_id) AS now, max(h.pgh_id) FILTER (WHERE h.pgh_id < u.first) AS was, bool_or({_LATER}) AS later
    FROM undoing u JOIN {{history}} h ON h.pgh_obj_id = u.pk WHERE u.model = {{model}} GROUP BY u.pk, u.first
)
UPDATE undoing u SET now = l.now, was = CASE WHEN w.pgh_label <> 'delete' THEN l.was END, later = l.later, way = CASE
    WHEN l.was IS NULL AND f.pgh_label <> 'insert' THEN '{ALONE}'
    WHEN n.pgh_label = 'delete' AND (l.was IS NULL OR w.pgh_label = 'delete') THEN CASE WHEN l.later THEN '{ALONE}' END
    WHEN n.pgh_label = 'delete' THEN '{INSERT}'
    WHEN l.was IS NULL OR w.pgh_label = 'delete' THEN '{DELETE}'
    ELSE '{UPDATE}' END
FROM lives l JOIN {{history}} f ON f.pgh_id = l.first JOIN {{history}} n ON n.pgh_id = l.now LEFT JOIN {{history}} w ON w.pgh_id = l.was
WHERE u.model = {{model}} AND u.pk = l.pk
"""
# A later version that says nothing, such as a step of a review, is no word; of one that derives anew somebody must think.
_SPOKEN = f"""
WITH versions AS (
    SELECT u.pk, h.pgh_label, {_LATER} AS later, ROW({{said}}) IS DISTINCT FROM lag(ROW({{said}})) OVER (PARTITION BY u.pk ORDER BY h.pgh_id) AS moves
    FROM undoing u JOIN {{history}} h ON h.pgh_obj_id = u.pk WHERE u.model = {{model}} AND u.later
)
UPDATE undoing u SET way = '{ALONE}' FROM versions v
WHERE u.model = {{model}} AND u.pk = v.pk AND v.later AND (v.pgh_label <> 'update' OR v.moves)
"""
_NO_DRAFT = f"""
UPDATE undoing u SET way = '{STAY}' FROM {{history}} n
WHERE u.model = {{model}} AND u.way = '{DELETE}' AND n.pgh_id = u.now AND n.status <> '{Status.DRAFT}'
"""
_THE_SAME = f"""
UPDATE undoing u SET way = NULL FROM {{history}} w, {{history}} n
WHERE u.model = {{model}} AND u.way = '{UPDATE}' AND w.pgh_id = u.was AND n.pgh_id = u.now AND ROW({{was}}) IS NOT DISTINCT FROM ROW({{now}})
"""
_ANOTHER_PLACE = f"""
UPDATE undoing u SET way = '{ALONE}' FROM {{history}} w, {{history}} n
WHERE u.model = {{model}} AND u.way = '{UPDATE}' AND w.pgh_id = u.was AND n.pgh_id = u.now AND ROW({{was}}) IS DISTINCT FROM ROW({{now}})
"""
_OWNED = f"""
UPDATE undoing u SET way = '{WITH}' FROM {{part}} t JOIN undoing o ON o.model = {{model}} AND o.way IN ('{STAY}', '{WITH}') AND o.pk = t.{{column}}
WHERE u.model = {{other}} AND u.way = '{DELETE}' AND u.pk = t.id
"""
# Something that stays, or is not known to go, rests on it.
_RESTED_ON = f"""
UPDATE undoing u SET way = '{ALONE}' FROM {{related}} r LEFT JOIN undoing o ON o.model = {{other}} AND o.pk = r.id
WHERE u.model = {{model}} AND r.{{column}} = u.pk AND (u.way = '{DELETE}' AND o.way IS DISTINCT FROM '{DELETE}'
    OR u.way = '{WITH}' AND coalesce(o.way, '') NOT IN ('{DELETE}', '{WITH}'))
"""
_POINTS = f"""
FROM {{history}} w, {{history}} n
WHERE u.model = {{model}} AND u.way IN ('{INSERT}', '{UPDATE}') AND w.pgh_id = u.was AND n.pgh_id = u.now
    AND (u.way = '{INSERT}' OR w.{{column}} IS DISTINCT FROM n.{{column}})
"""
_WITHOUT_TARGET = f"""
UPDATE undoing u SET way = '{ALONE}' {_POINTS} AND w.{{column}} IS NOT NULL
    AND NOT EXISTS (SELECT FROM undoing o WHERE o.model = {{other}} AND o.way = '{INSERT}' AND o.pk = w.{{column}})
    AND NOT EXISTS (SELECT FROM {{target}} t LEFT JOIN undoing o ON o.model = {{other}} AND o.way = '{DELETE}' AND o.pk = t.id
        WHERE t.id = w.{{column}} AND o.pk IS NULL)
"""
_TAKEN = f"""
UPDATE undoing u SET way = '{ALONE}' FROM {{history}} w
WHERE u.model = {{model}} AND u.way = '{INSERT}' AND w.pgh_id = u.was AND (
    EXISTS (SELECT FROM {{table}} t LEFT JOIN undoing o ON o.model = {{model}} AND o.way = '{DELETE}' AND o.pk = t.id
        WHERE ({{held}}) = ({{claimed}}) AND o.pk IS NULL)
    OR ({{claimed}}) IN (SELECT {{claimed}} FROM undoing u JOIN {{history}} w ON w.pgh_id = u.was
        WHERE u.model = {{model}} AND u.way = '{INSERT}' GROUP BY {{claimed}} HAVING count(*) > 1))
"""
# What a row that is left alone pointed to, or points to, at any time.
_LEFT_BELOW = f"""
UPDATE undoing u SET way = '{ALONE}' FROM undoing o JOIN {{history}} h ON h.pgh_obj_id = o.pk
WHERE o.model = {{model}} AND o.way = '{ALONE}' AND u.model = {{other}} AND u.way IN {MADE} AND u.pk = h.{{column}}
"""
_LEFT_PARTS = f"""
UPDATE undoing u SET way = '{ALONE}' FROM {{part}} t JOIN undoing o ON o.model = {{model}} AND o.way = '{ALONE}' AND o.pk = t.{{column}}
WHERE u.model = {{other}} AND u.way IN {MADE} AND u.pk = t.id
"""
_LEFT_ABOVE = f"""
UPDATE undoing u SET way = '{ALONE}' {_POINTS}
    AND (w.{{column}} IN (SELECT pk FROM undoing WHERE model = {{other}} AND way = '{ALONE}')
        OR n.{{column}} IN (SELECT pk FROM undoing WHERE model = {{other}} AND way = '{ALONE}'))
"""
_LEFT_BESIDE = f"""
UPDATE undoing u SET way = '{ALONE}' FROM {{history}} w
WHERE u.model = {{model}} AND u.way = '{INSERT}' AND w.pgh_id = u.was AND ({{claimed}}) IN (
    SELECT {{ever}} FROM undoing o JOIN {{history}} h ON h.pgh_obj_id = o.pk WHERE o.model = {{model}} AND o.way = '{ALONE}')
"""
_STRETCH = "BETWEEN %(first)s AND %(last)s"
_WHICH = f"u.model = {{model}} AND u.way = '{{way}}' AND u.pk {_STRETCH}"
_WRITTEN = {
    DELETE: f"DELETE FROM {{table}} t USING undoing u WHERE {_WHICH} AND t.id = u.pk AND t.id {_STRETCH}",
    UPDATE: f"""
        UPDATE {{table}} t SET {{changes}} FROM undoing u JOIN {{history}} w ON w.pgh_id = u.was AND w.pgh_obj_id {_STRETCH}
        WHERE {_WHICH} AND t.id = u.pk AND t.id {_STRETCH}""",
    INSERT: f"""
        INSERT INTO {{table}} ({{columns}}) SELECT {{values}} FROM undoing u
        JOIN {{history}} w ON w.pgh_id = u.was AND w.pgh_obj_id {_STRETCH}
        JOIN {{history}} n ON n.pgh_id = u.now AND n.pgh_obj_id {_STRETCH} WHERE {_WHICH} ORDER BY u.pk""",
}


@dataclass
class Sets:
    """The rows that ``contexts`` changed, told apart by what becomes of them, in a table of this transaction's own."""

    cursor: Any
    contexts: Sequence[Any]
    numbers: dict[type[Any], int] = field(default_factory=lambda: {one: n for n, one in enumerate(tracked())})
    found: dict[type[Any], dict[str, int]] = field(default_factory=dict)
    changed: dict[type[Any], list[str]] = field(default_factory=dict)

    def gather(self) -> int:
        """Find the rows; how many they are."""
        self.cursor.execute(_TABLE)
        for model in tracked():
            if self._ask(_GATHERED, model):
                self.found[model] = {}
        self.cursor.execute("ANALYZE undoing")
        self.cursor.execute("SELECT count(*) FROM undoing")
        return int(self.cursor.fetchone()[0])

    def lock(self) -> None:
        """Keep others from changing the rows, and the records that own them or did, each table in the order of its ids."""
        for model, number in self.numbers.items():
            if model in self.found:
                self._ask(_LOCKED, model, ids=f"SELECT pk FROM undoing WHERE model = {number}")
        for owner in tracked():
            owned = [
                f"SELECT {column(part, 'h', name)} FROM undoing u JOIN {_history(part)} h ON h.pgh_obj_id = u.pk"
                f" WHERE u.model = {self.numbers[part]}"
                for part, name in companions(owner)
                if part in self.found
            ]
            if owned:
                self._ask(_LOCKED, owner, ids=" UNION ".join(owned))

    def tell_apart(self) -> None:
        """Say of each row what becomes of it; of those that somebody must look at, that they are left alone."""
        for model in self.found:
            said = written(model)
            self._ask(_LIVED, model)
            self._ask(_SPOKEN, model, said=_named(model, "h", _moving(model)))
            self._ask(_THE_SAME, model, was=_named(model, "w", said), now=_named(model, "n", said))
            if any(one.name == "status" for one in model._meta.concrete_fields):
                self._ask(_NO_DRAFT, model)
            for columns in unique(model):
                self._ask(
                    _ANOTHER_PLACE, model, was=_named(model, "w", columns), now=_named(model, "n", columns)
                )
        self.cursor.execute("DELETE FROM undoing WHERE way IS NULL")
        self._count()
        while self._stay_together():
            self._count()
        self._look_around()
        self._count()
        while any(ways.get(ALONE) for ways in self.found.values()) and self._leave_alone():
            self._count()

    def alone(self) -> dict[type[Any], dict[int, set[int]]]:
        """The changes of the rows that are left alone, by table and row."""
        found: dict[type[Any], dict[int, set[int]]] = {}
        for model, number in self._with(ALONE):
            self.cursor.execute(
                f"SELECT u.pk, array_agg(h.pgh_id) FROM undoing u JOIN {_history(model)} h ON h.pgh_obj_id = u.pk"
                f" AND h.pgh_context_id = ANY(%s) WHERE u.model = {number} AND u.way = '{ALONE}' GROUP BY u.pk",
                [self.contexts],
            )
            found[model] = {pk: set(changes) for pk, changes in self.cursor.fetchall()}
        return found

    def staying(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those of ``rows`` that do not go with the sets."""
        if DELETE not in self.found.get(rows.model, {}):
            return rows
        own = f'{quoted(rows.model)}."id"'
        going = f"SELECT FROM undoing u WHERE {self._which(rows.model, DELETE)} AND u.pk = {own}"
        return rows.filter(RawSQL(f"NOT EXISTS ({going})", (), output_field=BooleanField()))  # noqa: S611 -- ours

    def coming(self, model: type[Any], ids: Collection[int]) -> set[int]:
        """Those of ``ids`` that come back with the sets."""
        if INSERT not in self.found.get(model, {}):
            return set()
        self.cursor.execute(
            f"SELECT pk FROM undoing u WHERE {self._which(model, INSERT)} AND pk = ANY(%s)", [[*ids]]
        )
        return {pk for (pk,) in self.cursor.fetchall()}

    def standing(self, most: int) -> list[tuple[type[Any], int]]:
        """Rows that stay since they are no drafts any more, at most so many of them."""
        found: list[tuple[type[Any], int]] = []
        for model, _ in self._with(STAY):
            self.cursor.execute(
                f"SELECT pk FROM undoing u WHERE {self._which(model, STAY)} ORDER BY pk LIMIT %s",
                [most - len(found)],
            )
            found += [(model, pk) for (pk,) in self.cursor.fetchall()]
        return found

    def count(self, way: str, model: type[Any]) -> int:
        """How many rows of ``model`` go that way."""
        return self.found.get(model, {}).get(way, 0)

    def stretches(self, way: str, model: type[Any], size: int) -> list[tuple[int, int, int]]:
        """The rows of ``model`` that go that way, so many at a time in the order of their ids: first, last, and how many."""
        if not self.count(way, model):
            return []
        self.cursor.execute(
            "SELECT min(pk), max(pk), count(*) FROM (SELECT pk, (row_number() OVER (ORDER BY pk) - 1) / %s AS stretch"
            f" FROM undoing u WHERE {self._which(model, way)}) AS rows GROUP BY stretch ORDER BY 1",
            [size],
        )
        return cast("list[tuple[int, int, int]]", self.cursor.fetchall())

    def write(self, way: str, model: type[Any], first: int, last: int) -> None:
        """Write those rows of ``model`` that go that way, from the ``first`` to the ``last``. Raises Django's database errors."""
        names = {"model": self.numbers[model], "way": way, "table": quoted(model), "history": _history(model)}
        self.cursor.execute(
            _WRITTEN[way].format(**names, **self._values(way, model)), {"first": first, "last": last}
        )

    def close(self) -> None:
        """Forget the rows."""
        self.cursor.execute("DROP TABLE undoing")

    # Of what these are made.

    def _ask(self, sql: str, model: type[Any], **more: Any) -> int:
        sql = sql.format(model=self.numbers[model], table=quoted(model), history=_history(model), **more)
        self.cursor.execute(sql, {"contexts": self.contexts})
        return int(self.cursor.rowcount)

    def _which(self, model: type[Any], way: str) -> str:
        return f"u.model = {self.numbers[model]} AND u.way = '{way}'"

    def _with(self, *ways: str) -> Iterator[tuple[type[Any], int]]:
        """The models of which some rows go one of these ways, with their numbers."""
        for model, found in self.found.items():
            if any(found.get(way) for way in ways):
                yield model, self.numbers[model]

    def _count(self) -> None:
        models = {number: model for model, number in self.numbers.items()}
        self.found = {model: {} for model in self.found}
        self.cursor.execute("SELECT model, way, count(*) FROM undoing GROUP BY 1, 2")
        for number, way, count in self.cursor.fetchall():
            self.found[models[number]][way] = count
        self.cursor.execute("ANALYZE undoing")

    def _stay_together(self) -> bool:
        """Let what a row that stays owns stay with it; whether there was any."""
        more, going = 0, dict(self._with(DELETE))
        for model, _ in self._with(STAY, WITH):
            for part, name in companions(model):
                if part in going:
                    more += self._ask(
                        _OWNED, model, part=quoted(part), other=self.numbers[part], column=_column(part, name)
                    )
        return more > 0

    def _look_around(self) -> None:
        """Leave alone what stands against rows that are there already."""
        for model, _ in self._with(DELETE, WITH):
            for related, name in resting(model):
                other = self.numbers.get(related, -1)
                self._ask(
                    _RESTED_ON, model, related=quoted(related), other=other, column=_column(related, name)
                )
        for model, _ in self._with(INSERT, UPDATE):
            for name, target in references(model):
                other = self.numbers.get(target, -1)
                self._ask(
                    _WITHOUT_TARGET, model, target=quoted(target), other=other, column=_column(model, name)
                )
        for model, _ in self._with(INSERT):
            for columns in unique(model):
                held, claimed = (_named(model, row, columns) for row in ("t", "w"))
                self._ask(_TAKEN, model, held=held, claimed=claimed)

    def _leave_alone(self) -> bool:
        """Leave alone whatever rows that are left alone could have a bearing on; whether there was any."""
        more = 0
        lonely, plain = dict(self._with(ALONE)), dict(self._with(*MADE, UPDATE, INSERT))
        for model in lonely:
            for name, target in references(model):
                if target in plain:
                    more += self._ask(
                        _LEFT_BELOW, model, other=self.numbers[target], column=_column(model, name)
                    )
            for part, name in companions(model):
                if part in plain:
                    more += self._ask(
                        _LEFT_PARTS,
                        model,
                        part=quoted(part),
                        other=self.numbers[part],
                        column=_column(part, name),
                    )
        for model in plain:
            for name, target in references(model):
                if target in lonely:
                    more += self._ask(
                        _LEFT_ABOVE, model, other=self.numbers[target], column=_column(model, name)
                    )
            for columns in unique(model) if model in lonely else ():
                claimed, ever = (_named(model, row, columns) for row in ("w", "h"))
                more += self._ask(_LEFT_BESIDE, model, claimed=claimed, ever=ever)
        return more > 0

    def _values(self, way: str, model: type[Any]) -> dict[str, str]:
        names = [one.attname for one in model._meta.concrete_fields]
        if way == INSERT:
            values = (column(model, "n" if name in FIXED else "w", name) for name in names)
            return {"columns": ", ".join(_column(model, name) for name in names), "values": ", ".join(values)}
        if way == UPDATE:
            changes = (
                f"{_column(model, name)} = {column(model, 'w', name)}" for name in self._changed(model)
            )
            return {"changes": ", ".join(changes)}
        return {}

    def _changed(self, model: type[Any]) -> list[str]:
        """The columns that are another for any of the rows that change: a rule may heed who writes a column at all."""
        if model not in self.changed:
            names = _moving(model)
            differ = ", ".join(
                f"bool_or({column(model, 'w', name)} IS DISTINCT FROM {column(model, 'n', name)})"
                for name in names
            )
            self.cursor.execute(
                f"SELECT {differ} FROM undoing u JOIN {_history(model)} w ON w.pgh_id = u.was JOIN {_history(model)} n"
                f" ON n.pgh_id = u.now WHERE {self._which(model, UPDATE)}"
            )
            differs = self.cursor.fetchone()
            self.changed[model] = [name for name, moves in zip(names, differs, strict=True) if moves]
        return self.changed[model]


def _history(model: type[Any]) -> str:
    return quoted(tracked()[model])


def _column(model: type[Any], name: str) -> str:
    return f'"{model._meta.get_field(name).column}"'


def _named(model: type[Any], row: str, names: Collection[str]) -> str:
    return ", ".join(column(model, row, name) for name in names)


def _moving(model: type[Any]) -> list[str]:
    """The columns that can go back, those included that follow from others."""
    return [one.attname for one in model._meta.concrete_fields if one.attname not in FIXED]
