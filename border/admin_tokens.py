"""The pages of tokens: one's own for all staff, everybody's for an admin; making one, which shows it once; revoking."""

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from border.admin_numbers import answer, page_of, part_of
from border.admin_skin import Select, TextInput
from border.tokens.models import Token
from border.tokens.operations import drawn, revoke, written

# Each may ask as often as one: more than anybody has programs would be a way round the limit.
MOST = 20
ENDS = {"30": "30 days", "90": "90 days", "365": "a year", "": "until it is revoked"}


def urls() -> list[URLPattern]:
    """The list of tokens, and the ways to make and to revoke one."""
    door = admin.site.admin_view
    return [
        path("tokens/", door(require_GET(tokens)), name="tokens"),
        path("tokens/add/", door(require_http_methods(["GET", "POST"])(add)), name="token_add"),
        path("tokens/<int:key>/revoke/", door(require_POST(revoked)), name="token_revoke"),
    ]


class TokenForm(forms.ModelForm):
    """What a token is for, and how long it holds."""

    days = forms.ChoiceField(
        label="Holds",
        choices=[*ENDS.items()],
        initial="365",
        required=False,
        widget=Select,
    )

    class Meta:
        model = Token
        fields = ["label"]
        labels = {"label": "What for"}
        widgets = {"label": TextInput(attrs={"dir": "auto", "autocomplete": "off"})}

    def _get_validation_exclusions(self) -> set[str]:
        """Whose it is is no field of the form, and still part of the rule that names are given once."""
        return super()._get_validation_exclusions() - {"owner", "revoked_at"}  # type: ignore[misc]

    def clean(self) -> dict[str, Any] | None:
        """The fields, where this person may have one more."""
        if Token.objects.standing().filter(owner=self.instance.owner).count() >= MOST:
            raise forms.ValidationError(f"You have {MOST} tokens: revoke one that no program uses.")
        return super().clean()

    def made(self) -> str:
        """The new token, of which its digest is saved."""
        token = drawn()
        if days := self.cleaned_data["days"]:
            self.instance.expires_at = timezone.now() + dt.timedelta(days=int(days))
        written(token, self.instance).save()
        return token


def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens of this person, of everybody for those who may see them; those that hold, then the latest, first."""
    found = Token.objects.seen_by(request.user).select_related("owner", "revoked_by")
    page = page_of(request, found.count())
    page.rows.extend(shown(one, request) for one in part_of(found.order_by("-revoked_at", "-pk"), page))
    everybody = request.user.has_perm("tokens.view_token")
    context = {
        "title": "Tokens",
        "everybody": everybody,
        "page": page,
        "anonymous": settings.API_RATE,
        "rate": settings.API_TOKEN_RATE,
    }
    return answer(request, "admin/tokens.html", context)


def add(request: HttpRequest) -> HttpResponse:
    """The form by which a token is made; then the token, this once."""
    person: Any = request.user
    form = TokenForm(request.POST or None, instance=Token(owner=person))
    if request.method == "POST" and form.is_valid():
        return answer(request, "admin/token_made.html", {"title": form.instance.label, "token": form.made()})
    return answer(request, "admin/token_add.html", {"title": "Make a token", "form": form})


def revoked(request: HttpRequest, key: int) -> HttpResponse:
    """Revoke a token, and go back to the list."""
    found = get_object_or_404(Token.objects.seen_by(request.user), pk=key)
    if not _may_revoke(request, found):
        raise PermissionDenied
    if revoke(found, by=request.user):
        messages.success(request, f"The token “{found.label}” is revoked: in some seconds it is refused.")
    else:
        messages.warning(request, "The token was revoked already.")
    return HttpResponseRedirect(reverse("admin:tokens"))


def shown(one: Token, request: HttpRequest) -> dict[str, Any]:
    """What the list says of a token."""
    owner = one.owner
    state = "holds"
    if one.revoked_at:
        state = "revoked"
    elif one.expires_at and one.expires_at <= timezone.now():
        state = "expired"
    elif not (owner.is_active and owner.is_staff):
        state = "account switched off"
    return {
        "token": one,
        "state": state,
        "holds": state == "holds",
        "may_revoke": one.revoked_at is None and _may_revoke(request, one),
    }


def _may_revoke(request: HttpRequest, one: Token) -> bool:
    return one.owner_id == request.user.pk or request.user.has_perm("tokens.change_token")
