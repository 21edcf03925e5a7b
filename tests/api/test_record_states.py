"""What readers learn of records that are not public, or no longer: since when and why, or nothing at all."""

import pytest

from actors.models import Actor
from border.publication import operations
from border.publication.endpoints import ENDPOINTS
from tests.api.conftest import problem, publish_all
from tests.factories import ActorFactory, SourceFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def gone(db: None) -> None:
    """One actor withdrawn, one merged into another, one never published."""
    kept, merged, withdrawn = (ActorFactory(slug=slug) for slug in ("kept", "merged", "withdrawn"))
    publish_all()
    reviewer = UserFactory()
    operations.redirect(merged, into=kept, by=reviewer, reason="Two names for one group.")
    operations.withdraw(withdrawn, by=reviewer, reason="It never existed.")
    ActorFactory(slug="draft")


@pytest.mark.usefixtures("gone")
def test_withdrawn_record_says_since_when_and_why(reader):
    found = reader.refusal("/api/v1/actors/withdrawn/", 410)
    assert found["withdrawn"]["reason"] == "It never existed."
    assert found["withdrawn"]["at"][:10] in found["detail"]
    assert reader.slugs("/api/v1/actors/") == ["kept"]


@pytest.mark.usefixtures("gone")
def test_merged_record_goes_on_under_its_new_slug(reader):
    response = reader.get("/api/v1/actors/merged/?on=2015-01-01")
    assert response.status_code == 308
    assert response.headers["Location"] == "/api/v1/actors/kept/?on=2015-01-01"
    assert "Two names for one group." in problem(response)["detail"]
    assert reader.json(response.headers["Location"])["slug"] == "kept"
    [error] = reader.refusal("/api/v1/events/?actor=merged")["errors"]
    assert (error["message"], error["allowed"]) == ('"merged" goes on as "kept".', ["kept"])


@pytest.mark.usefixtures("gone")
def test_what_is_not_public_is_as_if_it_were_not(reader):
    hidden, nowhere = (reader.refusal(f"/api/v1/actors/{slug}/", 404) for slug in ("draft", "nowhere"))
    assert hidden["detail"].replace("draft", "nowhere") == nowhere["detail"]
    for slug in ("draft", "withdrawn", "merged"):
        error = reader.refusal(f"/api/v1/events/?actor={slug}")["errors"][0]
        assert not {"draft", "withdrawn", "merged"} & set(error["allowed"])
    assert reader.refusal("/api/v1/events/?actor=drafty")["errors"][0]["allowed"] == []


@pytest.mark.usefixtures("gone")
def test_record_published_again_is_there_again(reader):
    actor = Actor.objects.get(slug="withdrawn")
    operations.publish(actor, by=UserFactory(), reason="It did exist.")
    assert reader.json("/api/v1/actors/withdrawn/")["slug"] == "withdrawn"


def test_source_in_another_state_changes_no_answer(reader):
    """Drafts, and what is confidential, leave every answer as it was: also those to questions that name them."""
    ActorFactory(slug="known")
    publish_all()
    addresses = [f"/api/v1/{name}/?count=true" for name in ENDPOINTS]
    addresses += [f"/api/v1/{name}/?q=hidden&count=true" for name in ENDPOINTS]
    addresses += [
        "/api/v1/search/?q=hidden",
        "/api/v1/events/?actor=hidden",
        "/api/v1/events/?source=hidden",
        "/api/v1/sources/?dataset=hidden",
        "/api/v1/actors/hidden/",
        "/api/v1/sources/hidden/",
        "/api/v1/actors/?ordering=-changed",
    ]

    def answers():
        found = [reader.get(address) for address in addresses]
        return [(answer.status_code, answer.content, dict(answer.headers)) for answer in found]

    before = answers()
    ActorFactory(slug="hidden", name="hidden")
    SourceFactory(slug="hidden", title="hidden", dataset="hidden", version="1", sensitivity="confidential")
    assert answers() == before
