"""The pages of tokens: each sees and revokes their own, an admin all; a new one is shown once."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from border import admin_tokens
from border.tokens import recognising
from border.tokens.models import Token
from border.tokens.operations import revoke
from tests import factories as make

LIST, ADD = reverse("admin:tokens"), reverse("admin:token_add")


def made(visitor, label="A dashboard", days="365"):
    return visitor.post(ADD, {"label": label, "days": days})


def revoking(token):
    return reverse("admin:token_revoke", args=[token.pk])


@pytest.fixture(autouse=True)
def looked_up_anew():
    recognising.forget()


def test_new_token_is_shown_once_and_good_at_once(visit):
    visitor = visit()
    page = made(visitor, "لوحة").content.decode()
    [token] = re.findall(r'value="(border_[0-9a-f]{64})"', page)
    assert recognising.fault(token) == ""
    row = Token.objects.get()
    assert (row.owner, row.label, row.start) == (visitor.user, "لوحة", token[:15])
    assert row.expires_at - timezone.now() == pytest.approx(
        dt.timedelta(days=365), abs=dt.timedelta(minutes=1)
    )
    shown = visitor.get(LIST).content.decode()
    assert token[:15] in shown
    assert token[:16] not in shown
    assert row.digest not in shown + page
    assert page.count(token) == 1


def test_answer_with_a_token_is_kept_by_nobody(visit):
    assert "no-store" in made(visit()).headers["Cache-Control"]


def test_token_may_hold_until_it_is_revoked(visit):
    made(visit(), days="")
    assert Token.objects.get().expires_at is None


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"label": ""}, "This field is required."),
        ({"label": "<b>x"}, "A text holds markup"),
        ({"label": "x", "days": "100000"}, "Select a valid choice."),
    ],
)
def test_form_says_what_is_wrong(visit, sent, said):
    assert said in visit().post(ADD, sent).content.decode()
    assert not Token.objects.exists()


def test_form_that_is_sent_again_makes_no_second_token(visit):
    visitor = visit()
    made(visitor)
    assert "You already have a token of this name" in made(visitor).content.decode()
    revoke(Token.objects.get(), by=visitor.user)
    assert "Copy it now" in made(visitor).content.decode()
    assert "Copy it now" in made(visit()).content.decode()


def test_nobody_has_so_many_that_the_limit_means_nothing(visit):
    visitor = visit()
    tokens = make.TokenFactory.create_batch(admin_tokens.MOST, owner=visitor.user)
    assert "revoke one that no program uses" in made(visitor).content.decode()
    revoke(tokens[0], by=visitor.user)
    assert "Copy it now" in made(visitor).content.decode()


@pytest.mark.parametrize(("group", "everybody"), [(None, False), ("curator", False), ("admin", True)])
def test_each_sees_their_own_and_an_admin_all(visit, group, everybody):
    visitor = visit(group)
    make.TokenFactory(owner=visitor.user, label="Mine")
    make.TokenFactory(label="Another's")
    page = visitor.get(LIST)
    assert page.context["page"].count == 1 + everybody
    assert ("Another&#x27;s" in page.content.decode()) is everybody
    assert LIST in visitor.get("/admin/").content.decode()


def test_token_is_revoked_by_its_owner_and_by_an_admin_once(visit):
    owner, chief, stranger = visit(), visit("admin"), visit("reviewer")
    one, other = (make.TokenFactory(owner=owner.user) for _ in range(2))
    assert stranger.post(revoking(one)).status_code == 404
    assert "is revoked" in owner.post(revoking(one), follow=True).content.decode()
    assert "was revoked already" in owner.post(revoking(one), follow=True).content.decode()
    chief.post(revoking(other))
    for row, by in ((one, owner.user), (other, chief.user)):
        row.refresh_from_db()
        assert row.revoked_by == by
        assert row.revoked_at
    page = owner.get(LIST).content.decode()
    assert page.count(">Revoked<") == 2
    assert "Revoke " not in page


def test_list_says_why_a_token_does_not_hold(visit):
    chief = visit("admin")
    gone = make.TokenFactory()
    Token.objects.update(
        made_at=timezone.now() - dt.timedelta(days=2), expires_at=timezone.now() - dt.timedelta(days=1)
    )
    make.TokenFactory(owner=make.UserFactory(is_active=False))
    make.TokenFactory(used_at=timezone.now())
    page = chief.get(LIST).content.decode()
    assert [page.count(f">{state}<") for state in ("Expired", "Account switched off", "Holds")] == [1, 1, 1]
    assert gone not in Token.objects.standing()


def test_list_asks_the_same_for_one_token_and_for_many(visit, django_assert_num_queries):
    visitor = visit("admin")
    for count in (1, 5):
        make.TokenFactory.create_batch(count)
        visitor.get(LIST)
        with django_assert_num_queries(6):
            visitor.get(LIST)


def test_who_has_tokens_is_switched_off_and_not_deleted(visit):
    chief, token = visit("admin"), make.TokenFactory()
    page = chief.post(reverse("admin:auth_user_delete", args=[token.owner_id]), {"post": "yes"})
    assert "Cannot delete" in page.content.decode()
    assert Token.objects.filter(pk=token.pk).exists()
