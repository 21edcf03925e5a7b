"""What is written without templates is what the templates say."""

import re

import pytest
from django import forms
from django.contrib import admin
from django.forms.renderers import DjangoTemplates
from django.test import RequestFactory

from border.admin_base import RecordAdmin
from border.admin_renderer import WRITTEN, Renderer
from tests.factories import UserFactory


def plainly(html):
    """HTML without the blanks between its tags."""
    return re.sub(r"\s*(<[^>]*>)\s*", r"\1", re.sub(r"\s+", " ", html)).replace(" >", ">")


@pytest.fixture
def compared(monkeypatch):
    """Whatever a form shows is made both ways and compared; what was compared so far."""
    seen = set()
    quickly = Renderer.render

    def both(self, template_name, context, request=None):
        quick = quickly(self, template_name, context, request)
        assert plainly(quick) == plainly(DjangoTemplates.render(self, template_name, context, request)), (
            template_name
        )
        seen.add(template_name)
        return quick

    monkeypatch.setattr(Renderer, "render", both)
    return seen


@pytest.mark.django_db
def test_every_input_of_every_form_is_what_its_template_says(compared):
    request = RequestFactory().get("/admin/")
    request.user = UserFactory(is_superuser=True)
    for registered in admin.site._registry.values():
        if isinstance(registered, RecordAdmin):
            forms_of_it = [registered.get_form(request)]
            forms_of_it += [rows.form for rows, _ in registered.get_formsets_with_inlines(request)]
            for kind in forms_of_it:
                if isinstance(kind, type) and issubclass(kind, forms.ModelForm):
                    empty, wrong = kind(), kind({"title": "<b>&'\""})
                    for form in (empty, wrong):
                        for bound in form:
                            str(bound), bound.label_tag(), bound.errors.as_ul()
    assert {*WRITTEN} <= compared


@pytest.mark.parametrize("value", ["<script>", '"><img src=x>', "a & b", "قائم", "'"])
def test_what_was_typed_stays_text(compared, value):
    form = type(
        "Form", (forms.Form,), {"text": forms.CharField(), "long": forms.CharField(widget=forms.Textarea)}
    )({"text": value, "long": value})
    for bound in form:
        assert "<script" not in str(bound)
        assert "<img" not in str(bound)
