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


class Slowly(Renderer):
    """Both ways, compared."""

    seen: set[str] = set()

    def render(self, template_name, context, request=None):
        quick = super().render(template_name, context, request)
        slow = DjangoTemplates.render(self, template_name, context, request)
        assert plainly(quick) == plainly(slow), template_name
        if template_name in WRITTEN:
            self.seen.add(template_name)
        return quick


@pytest.mark.django_db
def test_every_input_of_every_form_is_what_its_template_says():
    request = RequestFactory().get("/admin/")
    request.user = UserFactory(is_superuser=True)
    for registered in admin.site._registry.values():
        if isinstance(registered, RecordAdmin):
            forms_of_it = [registered.get_form(request)]
            forms_of_it += [rows.form for rows, _ in registered.get_formsets_with_inlines(request)]
            for kind in forms_of_it:
                if isinstance(kind, type) and issubclass(kind, forms.ModelForm):
                    empty, wrong = kind(renderer=Slowly()), kind({"title": "<b>&'\""}, renderer=Slowly())
                    for form in (empty, wrong):
                        for bound in form:
                            str(bound), bound.label_tag(), bound.errors.as_ul()
    assert {*WRITTEN} == Slowly.seen


@pytest.mark.parametrize("value", ["<script>", '"><img src=x>', "a & b", "قائم", "'"])
def test_what_was_typed_stays_text(value):
    form = type(
        "Form", (forms.Form,), {"text": forms.CharField(), "long": forms.CharField(widget=forms.Textarea)}
    )({"text": value, "long": value}, renderer=Slowly())
    for bound in form:
        assert "<script" not in str(bound)
        assert "<img" not in str(bound)
