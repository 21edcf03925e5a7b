"""What is sent after the session has ended, or with a stale token: it comes back filled, and nothing is saved by itself."""

import json
import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from border.admin_kept import MOST
from events.models import Event
from tests import factories

PASSWORD = "a bridge over the Euphrates"
ADD_EVENT = reverse("admin:events_event_add")
HOSTILE = "\"><script>alert('x')</script>"


@pytest.fixture
def curator(visit):
    curator = visit("curator")
    curator.user.set_password(PASSWORD)
    curator.user.save()
    curator.force_login(curator.user)
    return curator


@pytest.fixture
def written(curator):
    """An event as it was typed, a participant included, before the session ended."""
    town = factories.TerritoryFactory()
    sent = curator.form(ADD_EVENT) | {"title": f"القائم {HOSTILE}", "date": "2014-06", "kind": "battle"}
    row = {"actor": factories.ActorFactory().pk, "role": "initiator", "certainty": "confirmed"}
    return curator.add_row(sent | {"territory": town.pk}, "participations", note="Line 1\r\nLine 2", **row)


def kept(response):
    """What the page on which one signs in carries along."""
    assert response.template_name == "admin/sign_in_again.html"
    assert response.status_code == 403
    return response.context["kept"]


def credentials(curator, **also):
    return {"username": curator.user.get_username(), "password": PASSWORD} | also


def test_what_was_typed_comes_back_filled_after_signing_in(curator, written):
    curator.logout()
    text = kept(curator.post(ADD_EVENT, written))
    response = curator.post(ADD_EVENT, credentials(curator, kept=text))
    form = response.context["adminform"].form
    assert form["title"].value() == written["title"]
    assert response.context["inline_admin_formsets"][0].formset.forms[0]["note"].value() == "Line 1\r\nLine 2"
    assert "Nothing was saved yet" in str(form.non_field_errors())
    assert not Event.objects.exists()
    assert HOSTILE not in response.content.decode()

    assert curator.post(ADD_EVENT, curator.form_of(response) | {"title": "Qa'im falls"}).status_code == 302
    assert [part.note for part in Event.objects.get().participations.all()] == ["Line 1\nLine 2"]


def test_page_carries_it_as_text(curator, written):
    curator.logout()
    page = curator.post(ADD_EVENT, written).content.decode()
    assert HOSTILE not in page
    assert 'form="login-form"' in page
    assert 'id="login-form"' in page


def test_wrong_password_loses_nothing(curator, written):
    curator.logout()
    text = kept(curator.post(ADD_EVENT, written))
    response = curator.post(ADD_EVENT, credentials(curator, kept=text) | {"password": "wrong"})
    assert kept(response) == text
    assert response.context["form"].errors
    assert "_auth_user_id" not in curator.session


def test_another_person_may_go_on_and_only_if_they_may_write(curator, visit, written):
    curator.logout()
    text = kept(curator.post(ADD_EVENT, written))
    stranger = visit()
    stranger.user.set_password(PASSWORD)
    stranger.user.save()
    stranger.logout()
    assert stranger.post(ADD_EVENT, credentials(stranger, kept=text)).status_code == 403
    assert not Event.objects.exists()


def test_change_of_a_record_comes_back_with_what_it_had_seen(curator, visit):
    actor = factories.ActorFactory(name="As it was")
    address = reverse("admin:actors_actor_change", args=[actor.pk])
    mine = curator.form(address) | {"name": "Mine"}
    curator.logout()
    text = kept(curator.post(address, mine))
    other = visit("curator")
    other.post(address, other.form(address) | {"name": "Theirs"})
    response = curator.post(address, credentials(curator, kept=text))
    back = curator.form_of(response)
    assert back["name"] == "Mine"
    assert curator.post(address, back).template_name == "admin/conflict.html"
    actor.refresh_from_db()
    assert actor.name == "Theirs"


def test_step_is_shown_and_taken_by_hand_only(visit):
    reviewer, actor = visit("reviewer"), factories.ActorFactory()
    reviewer.user.set_password(PASSWORD)
    reviewer.user.save()
    address = reverse("admin:actors_actor_move", args=["submit"])
    sent = {"ids": actor.pk, "confirmed": "1"}
    reviewer.logout()
    text = kept(reviewer.post(address, sent))
    response = reviewer.post(address, credentials(reviewer, kept=text))
    assert response.template_name == "admin/resend.html"
    assert response.context["fields"] == [("ids", str(actor.pk)), ("confirmed", "1")]
    actor.refresh_from_db()
    assert actor.status == "draft"
    assert reviewer.post(address, sent).status_code == 302
    actor.refresh_from_db()
    assert actor.status == "in_review"


@pytest.mark.parametrize("sent", [{}, {"old_password": "x", "new_password1": "y"}])
def test_nothing_and_passwords_are_not_kept(curator, sent):
    curator.logout()
    response = curator.post(reverse("admin:password_change"), sent)
    assert response.status_code == 302
    assert response.url.startswith(reverse("admin:login"))


def test_what_is_too_long_to_keep_is_said(curator, written):
    curator.logout()
    response = curator.post(ADD_EVENT, written | {"summary": "x" * MOST})
    assert kept(response) == ""
    assert "too long to be kept" in response.content.decode()


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"a": 1}', "[[1, 2]]", '[["title"]]', "null"])
def test_what_was_tampered_with_is_nothing(curator, text):
    curator.logout()
    response = curator.post(ADD_EVENT, credentials(curator, kept=text))
    assert (response.status_code, response["Location"]) == (302, ADD_EVENT)


# A stale token.


@pytest.fixture
def careful(curator):
    """The curator in a browser whose tokens are checked."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(curator.user)
    client.get(ADD_EVENT)
    return client


STALE = {"csrfmiddlewaretoken": "x" * 64}
HERE = {"HTTP_ORIGIN": "http://testserver"}


def test_form_with_a_stale_token_comes_back_and_can_then_be_saved(careful, written):
    written |= {"title": "Qa'im falls"}
    response = careful.post(ADD_EVENT, written | STALE, **HERE)
    assert response.context["adminform"].form["title"].value() == "Qa'im falls"
    assert not Event.objects.exists()
    token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', response.content.decode())[1]
    saved = careful.post(ADD_EVENT, written | {"csrfmiddlewaretoken": token}, **HERE)
    assert saved.status_code == 302
    assert Event.objects.exists()


@pytest.mark.parametrize("headers", [{}, {"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_ORIGIN": "null"}])
def test_what_another_site_sent_is_refused_and_not_shown(careful, written, headers):
    response = careful.post(ADD_EVENT, written | STALE, **headers)
    assert response.status_code == 403
    assert "القائم" not in response.content.decode()
    assert not Event.objects.exists()


def test_stale_token_never_takes_a_step(careful):
    actor = factories.ActorFactory()
    address = reverse("admin:actors_actor_move", args=["submit"])
    response = careful.post(address, {"ids": actor.pk, "confirmed": "1"} | STALE, **HERE)
    assert response.template_name == "admin/resend.html"
    actor.refresh_from_db()
    assert actor.status == "draft"


def test_signing_in_in_a_second_tab_is_no_obstacle_in_the_first(careful, written):
    text = json.dumps([[name, str(value)] for name, value in written.items()])
    sent = {"username": "anybody", "password": "whatever", "kept": text} | STALE
    response = careful.post(ADD_EVENT, sent, **HERE)
    assert response.context["adminform"].form["title"].value() == written["title"]
    login = careful.post(reverse("admin:login"), credentials_of("anybody") | STALE, **HERE)
    assert (login.status_code, login["Location"]) == (302, reverse("admin:login"))


def credentials_of(name):
    assert not get_user_model().objects.filter(username=name).exists()
    return {"username": name, "password": PASSWORD}


def test_nobody_signs_in_by_a_request_of_another_site(curator, written):
    client = Client(enforce_csrf_checks=True)
    text = json.dumps([["title", "x"]])
    for headers in ({}, HERE):
        response = client.post(ADD_EVENT, credentials(curator, kept=text) | STALE, **headers)
        assert response.status_code == 403
        assert "_auth_user_id" not in client.session
