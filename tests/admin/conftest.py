"""People of each group at the admin's door, and the forms that they fill in."""

import pytest
from django.contrib.auth.models import Group
from django.forms import FileField
from django.test import Client

from tests.factories import UserFactory


@pytest.fixture(autouse=True)
def plain_static(settings, tmp_path):
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    settings.STATIC_ROOT = tmp_path


class Visitor(Client):
    """Somebody signed in to the admin."""

    def __init__(self, user):
        super().__init__()
        self.user = user
        self.force_login(user)

    def form(self, address):
        """What the browser would send back if the form at ``address`` were saved as it stands."""
        response = self.get(address)
        assert response.status_code == 200, response
        return self.form_of(response)

    def form_of(self, response):
        """What the browser would send back from this page."""
        fields = dict(_sent(response.context_data["adminform"].form))
        for inline in response.context_data["inline_admin_formsets"]:
            fields |= dict(_sent(inline.formset.management_form))
            for form in inline.formset.forms:
                fields |= dict(_sent(form))
        return fields

    def add_row(self, fields, prefix, **values):
        """One more row of the inline ``prefix``."""
        number = int(fields[f"{prefix}-TOTAL_FORMS"])
        fields[f"{prefix}-TOTAL_FORMS"] = number + 1
        return fields | {f"{prefix}-{number}-{name}": value for name, value in values.items()}


def _sent(form):
    for bound in form:
        value = bound.value()
        if isinstance(bound.field, FileField):
            continue  # a browser never fills one in
        if isinstance(value, bool):
            if value:
                yield bound.html_name, "on"
        else:
            yield bound.html_name, "" if value is None else value


@pytest.fixture
def visit(db):
    """``visit("curator")``: somebody new in that group; ``visit()``: staff without a group."""

    def enter(group=None, **attributes):
        user = UserFactory(**attributes)
        if group:
            user.groups.add(Group.objects.get(name=group))
        return Visitor(user)

    return enter


@pytest.fixture
def curator(visit):
    return visit("curator")


@pytest.fixture
def reviewer(visit):
    return visit("reviewer")
