"""Every page of every noun opens, for those who may see it, at the same cost for one row and for three."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from border.admin_base import RecordAdmin
from events.models import Match
from tests import factories

NOUNS = sorted(
    (model for model, registered in admin.site._registry.items() if isinstance(registered, RecordAdmin)),
    key=lambda model: model._meta.label,
)
# A rise here is a list that has begun to ask once for each row.
LIST_QUERIES = 9


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def make(model):
    return getattr(factories, f"{model.__name__}Factory")()


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.__name__)
def test_pages_open_for_a_curator(model, curator):
    record = make(model)
    for page, args in [
        ("changelist", ()),
        ("add", ()),
        ("change", (record.pk,)),
        ("history", (record.pk,)),
        ("delete", (record.pk,)),
        ("export", ()),
    ]:
        assert curator.get(address(model, page, *args)).status_code == 200, page


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.__name__)
def test_list_costs_the_same_for_three_rows(model, curator):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert curator.get(address(model, "changelist")).status_code == 200
        return len(queries)

    make(model)
    cost()  # content types and the like are remembered from here on
    one = cost()
    make(model)
    make(model)
    assert cost() == one <= LIST_QUERIES


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.__name__)
def test_every_foreign_key_is_looked_up_by_name(model):
    shown = admin.site._registry[model]
    for form in [shown, *(inline(model, admin.site) for inline in shown.inlines)]:
        nouns = {
            field.name for field in form.opts.fields if field.many_to_one and field.related_model in NOUNS
        }
        assert nouns == set(form.get_autocomplete_fields(None))


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.__name__)
def test_every_editable_field_is_on_the_form(model):
    shown = admin.site._registry[model]
    laid_out = {
        name
        for _, options in shown.fieldsets
        for row in options["fields"]
        for name in ([row] if isinstance(row, str) else row)
    }
    editable = {field.name for field in model._meta.fields if field.editable and not field.primary_key}
    assert laid_out == editable


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.__name__)
def test_who_may_only_view_sees_the_whole_record_and_no_input(model, visit):
    reader = visit()
    reader.user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    record = make(model)
    for inline in admin.site._registry[model].inlines:
        key = inline.fk_name or next(
            field.name for field in inline.model._meta.fields if field.related_model is model
        )
        getattr(factories, f"{inline.model.__name__}Factory")(**{key: record})
    page = reader.get(address(model, "change", record.pk))
    assert page.status_code == 200
    assert record.slug in page.content.decode()
    assert "<textarea" not in page.content.decode()
    assert 'name="_save"' not in page.content.decode()


@pytest.mark.parametrize("factory", ["BatchFactory", "ExternalRecordFactory"])
def test_what_the_site_writes_itself_is_for_reading(factory, visit):
    record = getattr(factories, factory)()
    keeper = visit("admin")
    assert keeper.get(address(type(record), "changelist")).status_code == 200
    assert keeper.get(address(type(record), "change", record.pk)).status_code == 200
    assert keeper.get(address(type(record), "add")).status_code == 403
    assert keeper.post(address(type(record), "change", record.pk), {}).status_code == 403
    assert keeper.get(address(type(record), "delete", record.pk)).status_code == 403


def test_judgement_names_its_judge(curator):
    first, second = factories.EventFactory(), factories.EventFactory()
    sent = {"first": first.pk, "second": second.pk, "verdict": "same", "reason": "Same day, same place."}
    assert curator.post(address(Match, "add"), sent).status_code == 302
    assert Match.objects.get().decided_by == curator.user


def test_who_is_in_no_group_sees_no_record(visit):
    stranger = visit()
    assert stranger.get(reverse("admin:index")).status_code == 200
    for model in NOUNS:
        assert stranger.get(address(model, "changelist")).status_code == 403


def test_who_is_not_staff_is_sent_to_the_door(visit):
    reader = visit("curator", is_staff=False)
    assert reader.get(reverse("admin:index")).status_code == 302


def test_arabic_stands_beside_english_and_runs_right_to_left(curator):
    factories.TerritoryFactory(name="Bukamal", name_ar="البوكمال")
    page = curator.get(reverse("admin:territories_territory_changelist")).content.decode()
    assert (
        '<bdi dir="auto">Bukamal</bdi> <bdi class="border-arabic" lang="ar" dir="rtl">البوكمال</bdi>' in page
    )


def test_names_are_escaped_in_lists(curator):
    actor = factories.ActorFactory.build(name="<b>x</b>")
    shown = admin.site._registry[type(actor)].both_names(actor)
    assert "&lt;b&gt;" in shown
    assert "<b>" not in shown
