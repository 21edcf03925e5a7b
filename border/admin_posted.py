"""What a browser sent for the rows of a form, taken apart and put together again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict


@dataclass
class PostedRow:
    """One row as it was sent: what stands in its inputs, by the name within the row."""

    sent: dict[str, list[str]] = field(default_factory=dict)

    @property
    def pk(self) -> int | None:
        """The key of the row that it changes; None for a new one."""
        key = (self.sent.get("id") or [""])[-1]
        return int(key) if key.isascii() and key.isdigit() else None

    @property
    def deleted(self) -> bool:
        """Whether it is to be deleted."""
        return (self.sent.get("DELETE") or [""])[-1].lower() not in {"", "false"}

    def anew(self) -> None:
        """Make it a row that is yet to be added."""
        self.sent.pop("DELETE", None)
        self.sent["id"] = [""]


def posted_rows(data: QueryDict, prefix: str) -> list[PostedRow]:
    """The rows of the inline ``prefix`` in the order in which they were sent."""
    found: dict[int, PostedRow] = {}
    total = data.get(f"{prefix}-TOTAL_FORMS", "")
    for name in data:
        start, _, rest = name.removeprefix(f"{prefix}-").partition("-")
        if name.startswith(f"{prefix}-") and start.isascii() and start.isdigit() and rest:
            found.setdefault(int(start), PostedRow()).sent[rest] = data.getlist(name)
    return [
        found[number]
        for number in sorted(found)
        if total.isascii() and total.isdigit() and number < int(total)
    ]


def put_rows(data: QueryDict, prefix: str, rows: Sequence[PostedRow]) -> None:
    """Let ``data`` say ``rows`` for the inline ``prefix``; those that change a row stand first, as Django counts them."""
    kept = {
        name: data.getlist(name) for name in data if name.startswith(f"{prefix}-") and name.endswith("_FORMS")
    }
    for name in [name for name in data if name.startswith(f"{prefix}-")]:
        del data[name]
    ordered = sorted(rows, key=lambda row: row.pk is None)
    for number, row in enumerate(ordered):
        for name, values in row.sent.items():
            data.setlist(f"{prefix}-{number}-{name}", values)
    for name, values in kept.items():
        data.setlist(name, values)
    data[f"{prefix}-TOTAL_FORMS"] = str(len(ordered))
    data[f"{prefix}-INITIAL_FORMS"] = str(sum(row.pk is not None for row in ordered))


def posted_files(request: HttpRequest) -> list[UploadedFile]:
    """The files that were sent."""
    return [file for _, files in request.FILES.lists() for file in files]


def as_new(data: QueryDict, owners: Mapping[str, str]) -> QueryDict:
    """What was sent for a record that is gone, as it would be sent for a new one.

    ``owners`` names the inlines by prefix, each with the input that says to which record a row belongs.
    """
    fresh = data.copy()
    for prefix, owner in owners.items():
        rows = [row for row in posted_rows(fresh, prefix) if not row.deleted]
        for row in rows:
            row.anew()
            row.sent.pop(owner, None)
        put_rows(fresh, prefix, rows)
    return fresh


def raw(form: forms.BaseForm, name: str, sent: dict[str, list[str]]) -> Any:
    """What the input ``name`` of ``form`` reads from what was ``sent``: text, or whether a box is ticked."""
    data = QueryDict(mutable=True)
    for each, values in sent.items():
        data.setlist(each, values)
    value = form.fields[name].widget.value_from_datadict(data, {}, name)
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def as_sent(form: forms.BaseForm, name: str) -> list[str] | None:
    """What a browser sends for the input ``name`` of ``form`` as it stands; None for nothing, as of an unticked box."""
    field = form.fields[name]
    value = form.get_initial_for_field(field, name)
    if isinstance(field, forms.BooleanField):
        return ["on"] if value else None
    prepared = field.prepare_value(value)
    return ["" if prepared is None else str(prepared)]
