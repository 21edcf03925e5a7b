"""The rows of a list that are written without templates are those that the skin would show."""

import datetime as dt

import pytest
from django.contrib import admin
from django.test import RequestFactory
from unfold.templatetags.unfold_list import results

from border.admin_base import RecordAdmin
from tests import factories

NOUNS = sorted(
    (model for model, registered in admin.site._registry.items() if isinstance(registered, RecordAdmin)),
    key=lambda model: model._meta.label,
)


def listed(model, query=None):
    request = RequestFactory().get("/admin/", query)
    request.user = factories.UserFactory(is_superuser=True)
    return admin.site._registry[model].get_changelist_instance(request)


def compared(shown):
    ours, skins = [*shown.rows()], ["".join(row) for row in results(shown)]
    assert ours == skins
    return ours


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", [{}, {"_popup": "1"}, {"_popup": "1", "_to_field": "id"}, {"status__exact": "draft"}]
)
@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.__name__)
def test_rows_are_what_the_skin_shows(model, query):
    getattr(factories, f"{model.__name__}Factory").create_batch(3)
    assert len(compared(listed(model, query))) >= 3


@pytest.mark.django_db
def test_columns_of_every_kind_are_what_the_skin_shows(monkeypatch):
    shown = admin.site._registry[factories.EventFactory().__class__]

    def day(record):
        return dt.date(2014, 6, 22)

    def surely(record):
        return True

    surely.boolean = True
    surely.short_description = "surely <b>&"
    columns = ["title", "territory", "confidence", "longitude", "outcome", day, surely, "summary", "slug"]
    monkeypatch.setattr(type(shown), "list_display", columns)
    factories.EventFactory(title='Raid & "siege"', outcome="a & b")
    assert any("Raid &amp; &quot;siege&quot;" in row for row in compared(listed(shown.model)))
