"""The four groups: what each may do, and that nobody rises above their group."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from border import accounts
from border.kernel.records import Reviewed
from tests import factories

NOUNS = [model for model in accounts.working_models() if issubclass(model, Reviewed)]


def may(user, model, action):
    return user.has_perm(f"{model._meta.app_label}.{action}_{model._meta.model_name}")


def test_groups_stand_after_migrate(db):
    assert set(Group.objects.values_list("name", flat=True)) == {"curator", "reviewer", "importer", "admin"}


def test_granting_again_changes_nothing_and_mends_what_was_changed(db):
    def rights():
        return {
            (group.name, right)
            for group in Group.objects.all()
            for right in group.permissions.values_list("pk", flat=True)
        }

    before = rights()
    Group.objects.get(name="curator").permissions.add(Permission.objects.get(codename="publish"))
    Group.objects.get(name="importer").delete()
    accounts.grant()
    assert {name for name, _ in rights()} == {name for name, _ in before}
    assert rights() == before


def test_migrating_again_grants(db):
    Group.objects.all().delete()
    call_command("migrate", verbosity=0)
    assert Group.objects.count() == 4


@pytest.mark.parametrize(
    ("group", "actions"),
    [
        ("curator", {"view", "add", "change", "delete", "export"}),
        ("reviewer", {"view", "add", "change", "delete", "export"}),
        ("importer", {"view", "add", "change", "export", "import"}),
        ("admin", {"view", "add", "change", "delete", "export", "import"}),
    ],
)
def test_rights_over_every_noun(visit, group, actions):
    user = visit(group).user
    for model in NOUNS:
        allowed = {
            action
            for action in ("view", "add", "change", "delete", "export", "import")
            if may(user, model, action)
        }
        assert allowed == actions, model


@pytest.mark.parametrize(
    ("group", "publishes"), [("curator", False), ("importer", False), ("reviewer", True), ("admin", True)]
)
def test_who_publishes(visit, group, publishes):
    user = visit(group).user
    assert user.has_perm("publication.publish") is publishes
    assert user.has_perm("publication.withdraw") is publishes


@pytest.mark.parametrize(
    ("group", "looks_after_people"),
    [("curator", False), ("reviewer", False), ("importer", False), ("admin", True)],
)
def test_who_looks_after_people(visit, group, looks_after_people):
    assert visit(group).user.has_perm("auth.change_user") is looks_after_people


def test_nobody_edits_history_or_the_published_record(visit):
    for group in accounts.rights():
        rights = visit(group).user.get_all_permissions()
        assert not [right for right in rights if "historyevent" in right]
        assert not [
            right
            for right in rights
            if right.startswith("publication.")
            and "view" not in right
            and right.split(".")[1] not in {"publish", "withdraw"}
        ]


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.__name__)
def test_who_may_only_view_neither_imports_nor_exports(visit, model):
    visitor = visit()
    visitor.user.user_permissions.add(Permission.objects.get(codename=f"view_{model._meta.model_name}"))
    label = f"{model._meta.app_label}_{model._meta.model_name}"
    assert visitor.get(reverse(f"admin:{label}_changelist")).status_code == 200
    for page in ("import", "export"):
        assert visitor.get(reverse(f"admin:{label}_{page}")).status_code == 403
        assert visitor.post(reverse(f"admin:{label}_{page}"), {}).status_code == 403
    shown = visitor.get(reverse(f"admin:{label}_changelist")).content.decode()
    assert f"{model._meta.model_name}/import/" not in shown
    assert f"{model._meta.model_name}/export/" not in shown


def test_curator_exports_but_does_not_import(curator):
    assert curator.get(reverse("admin:events_event_export")).status_code == 200
    assert curator.get(reverse("admin:events_event_import")).status_code == 403


def test_who_may_only_view_changes_nothing(visit):
    actor = factories.ActorFactory(name="As it was")
    visitor = visit()
    visitor.user.user_permissions.add(Permission.objects.get(codename="view_actor"))
    address = reverse("admin:actors_actor_change", args=[actor.pk])
    assert visitor.get(address).status_code == 200
    assert visitor.post(address, {"name": "Changed"}).status_code == 403
    actor.refresh_from_db()
    assert actor.name == "As it was"


def test_admin_makes_people_but_no_superusers(visit):
    keeper = visit("admin")
    person = factories.UserFactory()
    address = reverse("admin:auth_user_change", args=[person.pk])
    assert keeper.get(address).status_code == 200
    sent = {
        "username": person.username,
        "is_active": "on",
        "is_staff": "on",
        "is_superuser": "on",
        "groups": [Group.objects.get(name="curator").pk],
        "user_permissions": [Permission.objects.first().pk],
        "date_joined_0": "2026-01-01",
        "date_joined_1": "00:00:00",
    }
    assert keeper.post(address, sent).status_code == 302
    person.refresh_from_db()
    assert not person.is_superuser
    assert [group.name for group in person.groups.all()] == ["curator"]
    assert not person.user_permissions.exists()


def test_admin_touches_no_superuser(visit):
    keeper = visit("admin")
    root = User.objects.create_superuser("root", password="a long password")
    assert keeper.post(reverse("admin:auth_user_change", args=[root.pk]), {}).status_code == 403
    assert keeper.post(reverse("admin:auth_user_delete", args=[root.pk]), {"post": "yes"}).status_code == 403
    assert keeper.post(reverse("admin:auth_user_password_change", args=[root.pk]), {}).status_code == 403


def test_form_without_its_token_is_refused(db):
    visitor = Client(enforce_csrf_checks=True)
    visitor.force_login(factories.UserFactory(is_superuser=True))
    assert visitor.post(reverse("admin:actors_actor_add"), {"name": "x"}).status_code == 403
