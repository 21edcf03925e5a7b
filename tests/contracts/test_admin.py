"""The pages of import and export: preview with before and after, permissions, files that come and go."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actors.models import Actor, ActorName
from border.contracts.admin import files_of
from border.contracts.dump import as_csv, texts
from border.contracts.load import load
from border.contracts.tables import BY_MODEL
from events.models import Event
from sources.models import Batch
from territories.models import Territory
from tests.contracts.conftest import counts
from tests.contracts.corpus import ACTOR
from tests.contracts.world import ROWS, file

IMPORT, CONFIRM = "admin:actors_actor_import", "admin:actors_actor_process_import"


@pytest.fixture(autouse=True)
def pages(settings, tmp_path):
    """Static files by their plain names, without a build."""
    settings.STATIC_ROOT = tmp_path
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@pytest.fixture
def importer(small_world, client):
    user = get_user_model().objects.create_user("importer", password="a long password", is_staff=True)
    kind = ContentType.objects.get_for_model(Actor)
    for action in ("import", "export"):
        permission, _ = Permission.objects.get_or_create(
            content_type=kind, codename=f"{action}_actor", defaults={"name": action}
        )
        user.user_permissions.add(permission)
    user.user_permissions.add(Permission.objects.get(codename="view_actor"))
    client.force_login(user)
    return user


def upload(client, content, *, name="actors.csv", resource="0"):
    return client.post(
        reverse(IMPORT),
        {"import_file": SimpleUploadedFile(name, content), "format": "0", "resource": resource},
    )


def confirm(client, preview, why=""):
    initial = preview.context["confirm_form"].initial
    return client.post(reverse(CONFIRM), initial | {"why": why}, follow=True)


def test_a_noun_imports_its_own_file_and_those_of_what_it_owns():
    assert [contract.name for contract in files_of(Actor)] == ["actors", "actor_names", "actor_citations"]
    assert [contract.name for contract in files_of(Event)] == [
        "events",
        "event_citations",
        "participations",
        "casualties",
    ]
    assert "outlines" in [contract.name for contract in files_of(Territory)]


def test_preview_shows_before_and_after_and_changes_nothing(importer, client):
    before = counts()
    page = upload(
        client,
        file("actors", ROWS["actors"][2] | {"name": "IS & Co"}, ACTOR | {"name_ar": "المسلحون"}).content,
    )
    body = page.content.decode()
    assert 'name: <del dir="auto">Islamic State</del> → <ins dir="auto">IS &amp; Co</ins>' in body
    assert 'slug: <bdi dir="auto">new-actor</bdi>' in body
    assert '<bdi dir="auto">المسلحون</bdi>' in body
    assert page.context["confirm_form"]
    assert counts() == before


def test_confirmed_import_is_written_with_who_and_why(importer, client):
    preview = upload(client, file("actors", ACTOR).content)
    page = confirm(client, preview, why="A new militia is reported.")
    batch = Batch.objects.latest("pk")
    assert f"Batch {batch.pk}: 1 new, 0 changed." in page.content.decode()
    assert batch.applied_by == importer
    version = Actor.pgh_event_model.objects.select_related("pgh_context").get(slug="new-actor")
    told = {"user": importer.pk, "via": "import", "why": "A new militia is reported.", "batch": batch.pk}
    assert version.pgh_context.metadata.items() >= told.items()


def test_confirming_twice_is_a_message(importer, client):
    preview = upload(client, file("actors", ACTOR).content)
    confirm(client, preview)
    assert "Upload it again" in confirm(client, preview).content.decode()


@pytest.mark.parametrize("name", ["../../../etc/passwd", "0" * 31, "a" * 32])
def test_only_kept_uploads_can_be_confirmed(importer, client, name):
    preview = upload(client, file("actors", ACTOR).content)
    preview.context["confirm_form"].initial["import_file_name"] = name
    assert "Upload it again" in confirm(client, preview).content.decode()
    assert not Actor.objects.filter(slug="new-actor").exists()


def test_confirming_what_has_become_wrong_is_told_and_not_written(importer, client):
    load([file("actors", ACTOR)])
    preview = upload(
        client,
        file(
            "actor_names", {"record": "new-actor", "text": "SAA", "language": "en", "kind": "abbreviation"}
        ).content,
        resource="1",
    )
    Actor.objects.filter(slug="new-actor").delete()
    page = confirm(client, preview)
    assert "There is no actor of this slug" in page.content.decode()
    assert not ActorName.objects.filter(text="SAA").exists()


def test_faults_are_told_with_line_and_column_and_nothing_can_be_confirmed(importer, client):
    page = upload(
        client, file("actors", ACTOR, ACTOR | {"slug": "b", "kind": "militias", "note": "<b>"}).content
    )
    body = page.content.decode()
    assert "Perhaps militia?" in body
    assert "begins markup (&lt;b&gt;)" in body
    assert [row.number for row in page.context["result"].invalid_rows] == ["line 3"]
    assert "confirm_form" not in page.context


def test_an_empty_file_is_told_in_the_engines_words(importer, client):
    assert "The file is empty. Even without rows" in upload(client, b"").content.decode()


def test_warnings_stand_above_the_preview(importer, client):
    page = upload(client, file("actors", ACTOR | {"name": "Islamic State"}).content)
    assert any("Another has the same name: is." in str(message) for message in page.context["messages"])
    assert page.context["confirm_form"]


@pytest.mark.parametrize("address", [IMPORT, CONFIRM, "admin:actors_actor_export"])
def test_who_may_only_view_can_neither_import_nor_export(small_world, client, address):
    user = get_user_model().objects.create_user("viewer", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_actor"))
    client.force_login(user)
    assert client.post(reverse(address)).status_code == 403


@pytest.mark.parametrize("resource", ["0", "1", "2"])
def test_export_gives_the_bytes_that_dump_gives(importer, client, resource):
    answer = client.post(reverse("admin:actors_actor_export"), {"format": "0", "resource": resource})
    contract = files_of(Actor)[int(resource)]
    assert answer.content == as_csv(contract, texts(contract, contract.model.objects.all()))
    assert f'filename="{contract.name}.csv"' in answer["Content-Disposition"]


def test_export_for_spreadsheets_makes_formulas_harmless(importer, client):
    Actor.objects.filter(slug="is").update(note="=HYPERLINK(1)", acled_name="@is")
    answer = client.post(reverse("admin:actors_actor_export"), {"format": "1", "resource": "0"})
    assert b"'=HYPERLINK(1)" in answer.content
    assert b"'@is" in answer.content


def test_export_page_offers_the_contract_only(importer, client):
    page = client.get(reverse("admin:actors_actor_export")).content.decode()
    assert "actor_names.csv" in page
    for other in ("xlsx", "yaml", "html (", "json"):
        assert f">{other}" not in page.lower()


def test_outlines_go_out_and_in_as_geojson(small_world, admin_client):
    answer = admin_client.post(
        reverse("admin:territories_territory_export"), {"format": "0", "resource": "2"}
    )
    assert b'"FeatureCollection"' in answer.content
    page = admin_client.post(
        reverse("admin:territories_territory_import"),
        {
            "import_file": SimpleUploadedFile("outlines.geojson", answer.content),
            "format": "0",
            "resource": "2",
        },
    )
    result = page.context["result"]
    assert (result.totals["skip"], result.totals["new"], result.totals["update"]) == (1, 0, 0)


def test_every_resource_is_that_of_its_contract():
    for model, contract in BY_MODEL.items():
        assert files_of(model)[0] is contract
