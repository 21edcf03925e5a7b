"""The rows of a list, written without templates: what is the same for all of them is asked once for the page.

What is written here is what the skin would show: a test compares the two for the list of every noun.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import lookup_field
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.functional import cached_property
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from border.admin_skin import CELL, CHECKBOX, LINK, ChangeList, headers, said, said_as_label, said_of_field


class Shown(NamedTuple):
    """What a cell shows, and whether its text stays on one line."""

    html: str
    whole: bool = False


class Listing(ChangeList):
    """A page of a list that writes its own rows."""

    @cached_property
    def headers(self) -> list[dict[str, Any]]:
        """The headers of the columns."""
        return [*headers(self)]

    @property
    def sorted_columns(self) -> int:
        """By how many columns the list is sorted."""
        return sum(bool(header["sortable"] and header["sorted"]) for header in self.headers)

    def rows(self) -> Iterator[SafeString]:
        """The cells of each row."""
        cells = [self._cell(place, name) for place, name in enumerate(self.list_display)]
        for record in self.result_list:
            yield SafeString("".join(cell(record) for cell in cells))

    def _cell(self, place: int, name: Any) -> Callable[[Any], str]:
        """How a cell of the column is written: its tag is made once, or twice where some texts stay on one line."""
        linked = name in (self.list_display_links or ())
        tag = "th" if linked and name == self.list_display_links[0] else "td"
        label = self.headers[place]["text"] if place or linked else "Select record"
        called = getattr(name, "__name__", name)
        classes = CHECKBOX if name == "action_checkbox" else f"field-{called} {CELL}"
        openings = [
            format_html('<{} class="{}" data-label="{}">', tag, " ".join([classes, *more]), label)
            for more in ([], ["nowrap"])
        ]
        links = self._link() if linked else None
        labels: dict[Any, str] = {}

        def cell(record: Any) -> str:
            shown = self._shown(record, name, labels)
            text = conditional_escape(shown.html)
            return f"{openings[shown.whole]}{links(record, text) if links else text}</{tag}>"

        return cell

    def _link(self) -> Callable[[Any, str], str]:
        """How the link to a record is written; all of them come back to the list as it is."""
        asked = {"preserved_filters": self.preserved_filters, "opts": self.opts}
        key = str(self.to_field or self.pk_attname)
        kept: list[str] = []

        def link(record: Any, text: str) -> str:
            url = self.url_for_result(record)
            if not kept:
                kept.append(add_preserved_filters(asked, url).removeprefix(url))
            opener = (
                format_html(' data-popup-opener="{}"', record.serializable_value(key))
                if self.is_popup
                else ""
            )
            return format_html('<a href="{}{}" class="{}" {}>', url, kept[0], LINK, opener) + text + "</a>"

        return link

    def _shown(self, record: Any, name: Any, labels: dict[Any, str]) -> Shown:
        """What the column ``name`` shows of ``record``; of ``labels`` each is drawn once."""
        empty = self.model_admin.get_empty_value_display()
        try:
            field, how, value = lookup_field(name, record, self.model_admin)
        except ObjectDoesNotExist:
            return Shown(empty)
        empty = getattr(how, "empty_value_display", empty)
        if field is not None and not field.auto_created:
            whole = isinstance(field, models.DateField | models.TimeField | models.ForeignKey)
            if isinstance(field.remote_field, models.ManyToOneRel):
                target = getattr(record, field.name)
                return Shown(empty if target is None else target, whole)
            return Shown(said_of_field(value, field, empty), whole)
        if kinds := getattr(how, "label", False):
            if value not in labels:
                labels[value] = said_as_label(value, empty, kinds)
            return Shown(labels[value])
        boolean = getattr(how, "boolean", False)
        return Shown(said(value, empty, boolean), isinstance(value, dt.date | dt.time))
