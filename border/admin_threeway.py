"""Two versions of one form and what both came from: what each side changed, and the form that says all of it."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import UniqueConstraint
from django.http import QueryDict
from django.utils.text import Truncator, capfirst

from border.admin_posted import PostedRow, as_sent, posted_rows, put_rows, raw

# These say something about the change, not about the record.
LEFT_OUT = {"why", "seen"}
THEIRS, YOURS, WRITTEN = "theirs", "yours", "written"
GONE = "deleted"
_ALIKE = 0.5  # below this share of common words, marks would only be noise


@dataclass
class Difference:
    """One field, or one row as a whole, in which a side departs from what both came from.

    ``open``: both changed it, each otherwise, so that a person decides. ``taken`` is whose text stands, "" while nobody
    has chosen. ``written``: a text of both may take their place.
    """

    name: str
    where: str
    label: str
    before: str
    theirs: str
    yours: str
    open: bool
    taken: str
    row: tuple[Any, int | None] | None = None
    prose: bool = False
    written: str = ""
    who: str = ""

    @property
    def theirs_marked(self) -> list[tuple[str, bool]]:
        """Their text in pieces, each with whether it is new."""
        return marked(self.before, self.theirs)

    @property
    def yours_marked(self) -> list[tuple[str, bool]]:
        """Your text in pieces, each with whether it is new."""
        return marked(self.before, self.yours)


@dataclass(frozen=True)
class Inline:
    """The rows of one inline as the form showed them and as they stand, and how their form is made."""

    form: type[forms.ModelForm]
    prefix: str
    label: str
    model: Any
    owner: str
    before: Mapping[Any, Any]
    now: Mapping[Any, Any]
    editable: bool


class ThreeWay:
    """What one person sent, laid over what others made of the record meanwhile.

    ``data`` is the form with everything that only one side changed; where both did, it holds what ``choices`` say, or
    what was sent while they say nothing.
    """

    def __init__(
        self,
        form: type[forms.ModelForm],
        before: Any,
        now: Any,
        inlines: Sequence[Inline],
        sent: QueryDict,
        choices: Mapping[str, str],
    ) -> None:
        self.choices = choices
        self.differences: list[Difference] = []
        self.data = sent.copy()
        self._record(form, before, now)
        for inline in inlines:
            if f"{inline.prefix}-TOTAL_FORMS" in sent:
                put_rows(self.data, inline.prefix, list(self._rows(inline)))

    @property
    def open(self) -> list[Difference]:
        """What both sides changed."""
        return [one for one in self.differences if one.open]

    @property
    def settled(self) -> list[Difference]:
        """What only one side changed."""
        return [one for one in self.differences if not one.open]

    @property
    def undecided(self) -> bool:
        """Whether somebody must still choose."""
        return any(not one.taken for one in self.open)

    @property
    def concerns(self) -> bool:
        """Whether others changed anything that this form shows, otherwise than the one who sent it."""
        return any(one.open or one.taken == THEIRS for one in self.differences)

    def _record(self, form: type[forms.ModelForm], before: Any, now: Any) -> None:
        sides = _Sides(form, before, now)
        inputs = {name: sides.now.add_prefix(name) for name in sides.names}
        sent = {name: self.data.getlist(html) for name, html in inputs.items() if html in self.data}
        merged = self._fields(sides, sent, key="", where="", row=(type(now), now.pk))
        for name, html in inputs.items():
            self.data.pop(html, None)
            if name in merged:
                self.data.setlist(html, merged[name])

    def _fields(
        self,
        sides: "_Sides",
        sent: dict[str, list[str]],
        *,
        key: str,
        where: str,
        row: tuple[Any, int | None] | None,
    ) -> dict[str, list[str]]:
        """``sent`` with what others changed; a difference is noted for each field that a side changed."""
        merged = dict(sent)
        for name in sides.names:
            theirs, yours = (
                sides.changed(name, sides.theirs(name)),
                sides.changed(name, raw(sides.now, name, sent)),
            )
            if not (theirs or yours) or sides.agree(name, sent):
                continue
            one = Difference(
                name=f"{key}{name}",
                where=where,
                label=capfirst(str(sides.now.fields[name].label or name)),
                before=sides.shown(name, as_sent(sides.before, name)) if sides.before else "",
                theirs=sides.shown(name, as_sent(sides.now, name)),
                yours=sides.shown(name, sent.get(name)),
                open=theirs and yours,
                taken=THEIRS if theirs else YOURS,
                row=row,
                prose=_is_prose(sides.now.fields[name]),
            )
            if one.open:
                self._choose(one)
            self.differences.append(one)
            if one.taken == THEIRS:
                _put(merged, name, as_sent(sides.now, name))
            elif one.taken == WRITTEN:
                merged[name] = [one.written]
        return merged

    def _choose(self, one: Difference) -> None:
        chosen = self.choices.get(f"choice-{one.name}", "")
        allowed = {THEIRS, YOURS, WRITTEN} if one.prose else {THEIRS, YOURS}
        one.taken = chosen if chosen in allowed else ""
        one.written = self.choices.get(f"written-{one.name}", one.yours)

    def _rows(self, inline: Inline) -> Iterator[PostedRow]:
        posted = posted_rows(self.data, inline.prefix)
        known = {row.pk for row in posted}
        added = {pk: row for pk, row in inline.now.items() if pk not in inline.before and pk not in known}
        for row in posted:
            if row.pk is None:
                yield from self._new(inline, row, added)
            elif row.pk not in inline.now:
                yield from self._gone(inline, row)
            elif row.deleted:
                yield self._deleted(inline, row)
            else:
                yield self._kept(inline, row, inline.before.get(row.pk))
        for pk, instance in added.items():
            sides = _Sides(inline.form, None, instance, editable=inline.editable)
            self._note(
                inline, pk, sides.where(inline, None), theirs=sides.summary() or str(instance), taken=THEIRS
            )
            yield sides.posted(pk)

    def _new(self, inline: Inline, row: PostedRow, added: dict[Any, Any]) -> Iterator[PostedRow]:
        """A row that was added here; where others added the same one, the two are laid over each other."""
        twin = next((pk for pk, other in added.items() if _same_row(inline, row, other)), None)
        if twin is not None:
            del added[twin]
            row.sent["id"] = [str(twin)]
            yield self._kept(inline, row, None, now=inline.now[twin])
            return
        blank = _Sides(inline.form, None, inline.model(), editable=True)
        if any(blank.differs(blank.now, name, raw(blank.now, name, row.sent)) for name in blank.names):
            self._note(
                inline, None, blank.where(inline, row.sent), yours=blank.summary(row.sent), taken=YOURS
            )
        yield row

    def _gone(self, inline: Inline, row: PostedRow) -> Iterator[PostedRow]:
        """A row that others deleted: it stays away, unless it was changed here and its text is wanted back."""
        before = inline.before.get(row.pk)
        sides = _Sides(inline.form, before, before or inline.model(), editable=inline.editable)
        changed = any(sides.changed(name, raw(sides.now, name, row.sent)) for name in sides.names)
        if row.deleted:
            return
        where, was = sides.where(inline, row.sent), sides.summary() if before else ""
        if not changed:
            self._note(inline, row.pk, where, before=was, theirs=GONE, taken=THEIRS)
            return
        one = self._note(
            inline, row.pk, where, before=was, theirs=GONE, yours=sides.summary(row.sent), open=True
        )
        if one.taken != THEIRS:
            row.anew()
            yield row

    def _deleted(self, inline: Inline, row: PostedRow) -> PostedRow:
        """A row that was deleted here: it goes, unless others changed it and their text shall stay."""
        before, now = inline.before.get(row.pk), inline.now[row.pk]
        sides = _Sides(inline.form, before, now, editable=inline.editable)
        where, was = (
            sides.where(inline, None),
            _Sides(inline.form, before, before).summary() if before else "",
        )
        if not any(sides.changed(name, sides.theirs(name)) for name in sides.names):
            self._note(inline, row.pk, where, before=was, yours=GONE, taken=YOURS)
            return row
        one = self._note(inline, row.pk, where, before=was, theirs=sides.summary(), yours=GONE, open=True)
        return sides.posted(row.pk) if one.taken == THEIRS else row

    def _kept(self, inline: Inline, row: PostedRow, before: Any, now: Any = None) -> PostedRow:
        sides = _Sides(inline.form, before, now or inline.now[row.pk], editable=inline.editable)
        where = sides.where(inline, None)
        key = f"{inline.prefix}-{row.pk}-"
        row.sent = self._fields(sides, row.sent, key=key, where=where, row=(inline.model, row.pk))
        return row

    def _note(
        self, inline: Inline, pk: int | None, where: str, *, before: str = "", theirs: str = "", yours: str = "",
        open: bool = False, taken: str = "",  # noqa: A002 -- the word that people use
    ) -> Difference:  # fmt: skip
        one = Difference(
            name=f"{inline.prefix}-{pk}",
            where=where,
            label="The whole row",
            before=before,
            theirs=theirs,
            yours=yours,
            open=open,
            taken=taken,
            row=(inline.model, pk) if pk else None,
        )
        if open:
            self._choose(one)
        self.differences.append(one)
        return one


class _Sides:
    """One form made twice: as it was shown and as it would be shown now."""

    def __init__(self, form: type[forms.ModelForm], before: Any, now: Any, *, editable: bool = True) -> None:
        self.before = form(instance=before) if before is not None else None
        self.now = form(instance=now)
        self.names = [
            name
            for name, field in self.now.fields.items()
            if editable
            and name not in LEFT_OUT
            and not field.disabled
            and not isinstance(field, forms.FileField)
        ]

    def differs(self, form: forms.BaseForm | None, name: str, value: Any) -> bool:
        """Whether ``value`` is another than that of ``form``, which may be none: then any value is."""
        field = self.now.fields[name]
        initial = form.get_initial_for_field(field, name) if form is not None else None
        if isinstance(initial, str):
            initial = initial.replace("\r\n", "\n")
        return bool(field.has_changed(initial, value))

    def theirs(self, name: str) -> Any:
        """The value that stands now, as an input would read it."""
        return raw(self.now, name, _put({}, name, as_sent(self.now, name)))

    def changed(self, name: str, value: Any) -> bool:
        """Whether ``value`` is another than what was shown."""
        return self.differs(self.before, name, value)

    def agree(self, name: str, sent: dict[str, list[str]]) -> bool:
        """Whether what was sent is what stands now."""
        return not self.differs(self.now, name, raw(self.now, name, sent))

    def posted(self, pk: int | None) -> PostedRow:
        """The row as it stands now, as a browser would send it untouched."""
        row = PostedRow({"id": [str(pk)]})
        for name in self.names:
            _put(row.sent, name, as_sent(self.now, name))
        return row

    def shown(self, name: str, values: list[str] | None) -> str:
        """A value as people read it: records and choices by their labels."""
        field = self.now.fields[name]
        value = (values or [""])[-1]
        if isinstance(field, forms.BooleanField):
            return "yes" if values else "no"
        if not value:
            return ""
        if isinstance(field, forms.ModelChoiceField):
            found = field.queryset.filter(pk=value).first() if value.isdigit() else None  # type: ignore[union-attr]
            return str(field.label_from_instance(found)) if found else "a record that is gone"
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
        return value.replace("\r\n", "\n")

    def _lines(self, sent: dict[str, list[str]] | None) -> Iterator[tuple[str, str]]:
        for name in self.names:
            values = as_sent(self.now, name) if sent is None else sent.get(name)
            if (text := self.shown(name, values)) and text != "no":
                yield str(self.now.fields[name].label or name), text

    def summary(self, sent: dict[str, list[str]] | None = None) -> str:
        """All that a row says, a line for each field: what was ``sent``, or what stands now."""
        return "\n".join(f"{capfirst(label)}: {text}" for label, text in self._lines(sent))

    def where(self, inline: Inline, sent: dict[str, list[str]] | None) -> str:
        """How people know a row: by what it is and by the first things it says."""
        first = [Truncator(text).chars(60) for _, text in self._lines(sent)][:2]
        return f"{capfirst(inline.label)}: {' · '.join(first)}" if first else capfirst(inline.label)


def _put(sent: dict[str, list[str]], name: str, values: list[str] | None) -> dict[str, list[str]]:
    """``sent`` with ``values`` for the input ``name``; without it where they are None."""
    if values is None:
        sent.pop(name, None)
    else:
        sent[name] = values
    return sent


def _is_prose(field: forms.Field) -> bool:
    return isinstance(field, forms.CharField) and isinstance(field.widget, forms.Textarea | forms.TextInput)


def _same_row(inline: Inline, row: PostedRow, other: Any) -> bool:
    """Whether a row to be added says what ``other`` says, or all that two rows may not both say."""
    sides = _Sides(inline.form, None, other)
    agreeing = {name for name in sides.names if sides.agree(name, row.sent)}
    uniques = [
        {*rule.fields} - {inline.owner}
        for rule in inline.model._meta.constraints
        if isinstance(rule, UniqueConstraint) and inline.owner in rule.fields
    ]
    return bool(agreeing) and (agreeing == {*sides.names} or any(unique <= agreeing for unique in uniques))


def marked(before: str, text: str) -> list[tuple[str, bool]]:
    """``text`` in pieces, each with whether it is new against ``before``; one plain piece where little of it was kept.

    >>> marked("He held the town.", "He held the old town.")
    [('He held the ', False), ('old ', True), ('town.', False)]
    >>> marked("He held the town.", "They fled from the river.")
    [('They fled from the river.', False)]
    """
    old, new = (re.findall(r"\s+|\S+\s?", one) for one in (before, text))
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return [(text, False)]
    return [
        ("".join(new[start:end]), kind != "equal")
        for kind, _, _, start, end in matcher.get_opcodes()
        if start < end
    ]
