"""Whoever meets a refusal under /admin/ reads why and what to do; readers of the API get a problem document."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from border import admin_errors
from events.models import Event


def told(response):
    return response.content.decode()


def test_page_that_is_not_there_is_told_in_the_admins_frame(curator):
    response = curator.get("/admin/nowhere/")
    assert response.status_code == 404
    assert "There is nothing here" in told(response)
    assert 'id="nav-sidebar"' in told(response)


def test_page_that_is_not_for_somebody_says_who_can_change_that(visit):
    response = visit().get(reverse("admin:events_event_changelist"))
    assert response.status_code == 403
    assert "You may not do this" in told(response)
    assert "Events</span>" not in told(response)


def test_form_without_our_token_is_refused_in_words(curator):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(curator.user)
    response = strict.post(reverse("admin:events_event_add"), {"title": "x"})
    assert response.status_code == 403
    assert "This form is out of date" in told(response)
    assert not Event.objects.exists()


def test_stranger_with_an_old_form_is_told_without_the_sidebar(db):
    response = Client(enforce_csrf_checks=True).post(
        reverse("admin:login"), {"username": "x", "password": "y"}
    )
    assert response.status_code == 403
    assert "This form is out of date" in told(response)
    assert 'id="nav-sidebar"' not in told(response)


def test_mistake_of_ours_is_told_and_does_not_name_itself(curator, monkeypatch):
    def fails(*args, **kwargs):
        raise ZeroDivisionError("a secret of the code")

    monkeypatch.setattr("border.admin_desk_pages.desk", fails)
    curator.raise_request_exception = False
    response = curator.get(reverse("admin:index"))
    assert response.status_code == 500
    assert "Something went wrong here" in told(response)
    assert "secret" not in told(response)


@pytest.mark.parametrize("handler", ["bad_request", "not_found", "forbidden"])
def test_where_the_frame_itself_cannot_be_had_there_are_still_words(handler):
    # Before the sign-in is known a request has no user.
    request = RequestFactory().get("/admin/x/")
    response = getattr(admin_errors, handler)(request, Exception())
    assert response.status_code in {400, 403, 404}
    assert 'role="alert"' in told(response)


def test_api_still_answers_with_problems(client, db):
    response = client.get("/api/v1/nowhere/")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
