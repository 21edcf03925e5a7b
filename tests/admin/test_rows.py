"""Rows that are drawn from a pattern are those that the template of a row says."""

import pytest
from django.contrib import admin
from django.forms.models import _get_foreign_key
from django.urls import reverse

from border.admin_base import RecordAdmin, Rows
from border.admin_rows import RowSet, lines
from tests import factories
from tests.admin.test_renderer import plainly

NOUNS = [
    model
    for model, registered in admin.site._registry.items()
    if isinstance(registered, RecordAdmin) and any(issubclass(rows, Rows) for rows in registered.inlines)
]


@pytest.fixture
def compared(monkeypatch):
    """Whatever a form shows is made both ways and compared; the prefixes of the rows that were compared so far."""
    seen = []
    quickly = RowSet._lines

    def both(self, row):
        quick = quickly(self, row)
        assert plainly(quick) == plainly(lines(row))
        seen.append(row.form.prefix)
        return quick

    monkeypatch.setattr(RowSet, "_lines", both)
    return seen


def with_rows(model):
    """A record with three rows of each kind, each of which says something else."""
    record = getattr(factories, f"{model.__name__}Factory")()
    for inline in (rows for rows in admin.site._registry[model].inlines if issubclass(rows, Rows)):
        factory = getattr(factories, f"{inline.model.__name__}Factory")
        owner = _get_foreign_key(model, inline.model, inline.fk_name).name
        for number in (1, 2, 3):
            factory(**{owner: record, **({"number": number} if hasattr(inline.model, "number") else {})})
    return record


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.__name__)
def test_rows_are_what_the_template_says(model, curator, compared):
    record = with_rows(model)
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[record.pk])
    assert curator.get(address).status_code == 200
    assert len(compared) >= 3


def test_rows_of_words_numbers_and_texts_are_what_the_template_says(curator, compared):
    event = factories.EventFactory()
    said = ["eventcitation-0-quote", "a & 'b' \"c\"", "", "القائم", "__row__-"]
    for number, quote in enumerate(said, 1):
        factories.EventCitationFactory(
            record=event,
            quote=quote,
            stance="disputes" if number % 2 else "supports",
            credibility=str(number),
        )
    page = curator.get(reverse("admin:events_event_change", args=[event.pk])).content.decode()
    assert len(compared) == len(said) + 3
    assert "a &amp; &#x27;b&#x27; &quot;c&quot;" in page


def test_rows_that_are_refused_say_why_and_keep_what_was_typed(curator, compared):
    event = factories.EventFactory()
    citations = factories.EventCitationFactory.create_batch(3, record=event)
    address = reverse("admin:events_event_change", args=[event.pk])
    fields = curator.form(address)
    compared.clear()
    fields["citations-1-source"], fields["citations-1-quote"] = "", "Typed in vain"
    fields["citations-2-locator"] = "paragraph 7"
    page = curator.post(address, fields).content.decode()
    assert {"citations-0", "citations-1", "citations-2"} <= {*compared}
    assert "This field is required." in page
    assert "Typed in vain" in page
    assert 'value="paragraph 7"' in page
    assert citations[0].quote in page
