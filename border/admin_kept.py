"""What somebody typed when their session had ended: carried through the sign-in, shown again, never saved by itself.

It travels in the page on which one signs in, as a hidden field of that form. Nothing of it is kept on the server, nor in
the browser once the page is left.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin import AdminSite
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.functional import cached_property

from border.admin_errors import csrf_refused
from border.admin_posted import posted_files
from border.admin_together import Together

KEPT = "kept"
MOST = 1_000_000  # characters; a form typed by hand has a few thousand
SIGNED_IN = "You are signed in again. Nothing was saved yet: look through the form, then save it."
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 -- the name of the field, not a token

Served = Callable[..., HttpResponseBase]


class Typed:
    """What was sent with a form: its fields in order, or that they cannot be kept."""

    def __init__(self, fields: Sequence[tuple[str, str]], files: Sequence[str] = ()) -> None:
        self.fields, self.files = list(fields), list(files)

    @classmethod
    def of(cls, request: HttpRequest) -> "Typed":
        """That of a request: what it carries through a sign-in, else what it sends itself."""
        if KEPT in request.POST:
            return cls.unpacked(request.POST[KEPT])
        fields = [(name, value) for name, values in request.POST.lists() for value in values if name != TOKEN]
        return cls(fields, [file.name or "" for file in posted_files(request)])

    @classmethod
    def unpacked(cls, text: str) -> "Typed":
        """That which `packed` wrote; nothing where ``text`` was written by anything else."""
        try:
            pairs = json.loads(text[: MOST + 1])
            fields = [
                (name, value) for name, value in pairs if isinstance(name, str) and isinstance(value, str)
            ]
        except (ValueError, TypeError):
            return cls([])
        return cls(fields[: settings.DATA_UPLOAD_MAX_NUMBER_FIELDS])

    @cached_property
    def packed(self) -> str:
        """The fields as one text; empty where they are too many to be carried along."""
        text = json.dumps(self.fields, ensure_ascii=False, separators=(",", ":"))
        return text if self.fields and len(text) <= MOST else ""

    @property
    def secret(self) -> bool:
        """Whether a password is among the fields: such a form is typed anew."""
        return any("password" in name for name, _ in self.fields)

    def as_post(self) -> QueryDict:
        """The fields as they were sent."""
        post = QueryDict(mutable=True)
        for name, value in self.fields:
            post.appendlist(name, value)
        return post


def keeping(site: AdminSite, served: Served) -> Served:
    """``served``, a page of the ``site``; whoever sends it a form and is not signed in any more may sign in and go on."""

    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return served(request, *args, **kwargs)
        if site.has_permission(request):
            return resumed(site, request) if KEPT in request.POST else served(request, *args, **kwargs)
        return sign_in(site, request) or served(request, *args, **kwargs)

    return page


def sign_in(site: AdminSite, request: HttpRequest) -> HttpResponse | None:
    """The page on which one signs in, with what was typed, or, where that succeeds, the form filled with it.

    None where there is nothing to keep: then one is sent to the sign-in as ever.
    """
    typed, carried = Typed.of(request), KEPT in request.POST
    if not carried and (not typed.fields or typed.secret or (typed.files and _form_of(request) is None)):
        return None
    made: Any = site.login_form
    form = made(request, data=request.POST) if carried else made(request)
    if carried and form.is_valid():
        login(request, form.get_user())
        return resumed(site, request)
    context = {
        **site.each_context(request),
        "title": "Sign in again",
        "subtitle": None,
        "form": form,
        "app_path": request.get_full_path(),
        "kept": typed.packed,
        "files": typed.files,
    }
    # Refused, so that a script which sent this does not take it for done.
    return TemplateResponse(request, "admin/sign_in_again.html", context, status=403)


def resumed(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """The form as it was when it was sent; of pages that have no form to fill, what was sent and a button to send it."""
    typed = Typed.of(request)
    if not typed.fields or typed.secret:
        return HttpResponseRedirect(request.get_full_path())
    request.POST = typed.as_post()  # type: ignore[assignment]
    if (form := _form_of(request)) is not None:
        request.resumed = SIGNED_IN  # type: ignore[attr-defined]
        pages, object_id = form
        return pages.changeform_view(request, object_id)
    context = {
        **site.each_context(request),
        "title": "Nothing was done yet",
        "fields": typed.fields,
        "address": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/resend.html", context)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form as it was, where the browser vouches that it was sent from this site; else a refusal in words.

    A form goes stale when somebody signs in in another tab. It is only shown again, with a fresh token: a person looks
    at it and saves. What another site sent is never shown.
    """
    verified = CsrfViewMiddleware(lambda _: HttpResponse())._origin_verified  # type: ignore[attr-defined]
    ours = "HTTP_ORIGIN" in request.META and verified(request)
    if not ours or request.method != "POST" or not request.path_info.startswith("/admin/"):
        return csrf_refused(request, reason)
    if request.path == reverse("admin:login"):
        return redirect(request.get_full_path())
    if admin.site.has_permission(request):
        # What follows is shown and cannot save: `resumed` sees to that, whatever the form says.
        request.csrf_processing_done = True  # type: ignore[attr-defined]
        return resumed(admin.site, request)
    if KEPT in request.POST:  # nobody is signed in by a request that another may have made
        request.POST = Typed.of(request).as_post()  # type: ignore[assignment]
    return sign_in(admin.site, request) or redirect(f"{reverse('admin:login')}?next={request.path}")


def _form_of(request: HttpRequest) -> tuple[Together, str | None] | None:
    """The pages and the key of the record whose form stands at the address of ``request``."""
    try:
        found = resolve(request.path_info)
    except Resolver404:
        return None
    pages = getattr(found.func, "model_admin", None)
    if isinstance(pages, Together) and found.func.__name__ in {"add_view", "change_view"}:
        return pages, found.kwargs.get("object_id")
    return None
