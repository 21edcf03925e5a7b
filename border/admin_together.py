"""Two people, one record: what was changed meanwhile is shown beside what was typed, and nothing of either is lost."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.admin.utils import unquote
from django.db import OperationalError, connection, transaction
from django.forms.models import _get_foreign_key
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse

from border.admin_base import RecordAdmin
from border.admin_posted import as_new, posted_files
from border.admin_threeway import Inline, ThreeWay
from border.history import standing
from border.kernel.retrying import passing, retried

BUTTONS = ("_save", "_continue", "_addanother")
NOT_YET = "Nothing was saved yet. Look through the form, then save it."
BUSY = (
    "Nothing of yours was saved: somebody else, or an import, is writing to the same records. "
    "All that you typed is here; save again in a moment."
)
SLOW = "Nothing of yours was saved: the database took too long. All that you typed is here; save again in a moment."
_MOST_ROWS = 5000


class Together(RecordAdmin):
    """What the form of a reviewed noun gains: others may write to the same record at the same time."""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """As before; the form remembers which versions it shows."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.standing = getattr(request, "standing", "")
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """As before; what others changed since the form was opened is shown first, and a busy database is asked again."""
        below = super().changeform_view

        def show() -> Any:
            return below(request, object_id, form_url, extra_context)

        if request.method != "POST":
            if (key := unquote(object_id or "")).isdecimal() and self.has_change_permission(request):
                # Read before the record itself: what is changed in between counts as unseen.
                request.standing = _words(standing.versions(self._tables(request), int(key)))  # type: ignore[attr-defined]
            return show()
        queued = getattr(getattr(request, "_messages", None), "_queued_messages", [])
        said = len(queued)

        def again() -> None:
            for file in posted_files(request):
                file.seek(0)
            del queued[said:]

        sent = request.POST

        def save() -> Any:
            request.POST = sent
            request.__dict__.pop("refusal", None)
            if object_id is None:
                self._take_up(request)
                return show()
            with transaction.atomic():
                return self._saved(request, object_id, show)

        try:
            return retried(save, prepare=again)
        except OperationalError as error:
            again()
            connection.close_if_unusable_or_obsolete()
            request.refusal = BUSY if passing(error) else SLOW  # type: ignore[attr-defined]
            return show()

    # A record that is there.

    def _saved(self, request: HttpRequest, object_id: str, show: Callable[[], Any]) -> Any:
        """The answer to a form that was sent: as before, or the page that shows what others changed meanwhile."""
        record = self.get_object(request, unquote(object_id))
        if record is not None and not self.has_change_permission(request, record):
            return show()
        tables = self._tables(request)
        if record is None or not self._lock(record.pk, tables):
            return self._lost(request, object_id, show)
        now = standing.versions(tables, record.pk)
        held = "_edit" in request.POST or hasattr(request, "resumed")
        if shown := _numbers(request.POST.get("shown", "")):
            decided = self._compare(request, record, tables, shown, request.POST)
            if decided.undecided and not held:
                return self._ask(request, record, decided, tables, shown, undecided=True)
            request.POST = _without_choices(decided.data, shown)  # type: ignore[assignment]
        if held:
            request.refusal = getattr(request, "resumed", NOT_YET)  # type: ignore[attr-defined]
            return show()
        if (page := self._checked(request, record, tables, now)) is not None:
            return page
        answer = show()
        if hasattr(request, "refusal") and (late := standing.versions(tables, record.pk)) != now:
            # The database refused what somebody else has just written too: now it can be seen.
            del request.refusal
            if (page := self._checked(request, record, tables, late)) is not None:
                return page
            return show()
        return answer

    def _checked(
        self, request: HttpRequest, record: Any, tables: list[standing.Table], now: frozenset[int]
    ) -> HttpResponse | None:
        """The page that shows what others changed; None where nothing stands against saving, and the form is up to date."""
        if _numbers(request.POST.get("seen", "")) == now:
            return None
        compared = self._compare(request, record, tables, now, QueryDict())
        if compared.concerns:
            return self._ask(request, record, compared, tables, now)
        request.POST = _without_choices(compared.data, now)  # type: ignore[assignment]
        return None

    def _tables(self, request: HttpRequest) -> list[standing.Table]:
        """The record's own table and those of its inlines, each with its column of the record."""
        inlines = [
            (inline.model, _get_foreign_key(self.model, inline.model, fk_name=inline.fk_name).attname)
            for inline in self.get_inline_instances(request)
            if any((inline.has_add_permission(request, None), inline.has_change_permission(request), inline.has_delete_permission(request)))
        ]  # fmt: skip
        return [(self.model, "pk"), *inlines]

    def _lock(self, pk: int, tables: list[standing.Table]) -> bool:
        """Whether the record is there; if so nobody else changes it or its rows until the transaction ends.

        The record first, then its rows: an import that has changed one of them is waited for, and seen.
        """
        locks = [
            list(
                model._base_manager.select_for_update(of=("self",), no_key=True)
                .filter(**{column: pk})
                .order_by("pk")
                .values_list("pk", flat=True)
            )
            for model, column in tables
        ]
        return bool(locks[0])

    def _compare(
        self,
        request: HttpRequest,
        record: Any,
        tables: list[standing.Table],
        now: Iterable[int],
        choices: QueryDict,
    ) -> ThreeWay:
        """What was sent, laid over the versions ``now``; both came from the versions that the form had shown."""
        seen, now = _numbers(request.POST.get("seen", "")), frozenset(now)
        before, present = (
            [standing.rows(table, record.pk, numbers) for table in tables] for numbers in (seen, now)
        )
        places = {table: number for number, table in enumerate(tables)}
        inlines = []
        for made, inline in self.get_formsets_with_inlines(request, record):
            place = places.get((inline.model, made.fk.attname))
            if place:
                inlines.append(
                    Inline(
                        form=made.form,
                        prefix=made.get_default_prefix(),
                        label=str(inline.verbose_name or inline.model._meta.verbose_name),
                        model=inline.model,
                        owner=made.fk.name,
                        before=before[place],
                        now=present[place],
                        editable=inline.has_change_permission(request, record),
                    )
                )
        form = self.get_form(request, record, change=True)
        compared = ThreeWay(
            form, before[0].get(record.pk), present[0].get(record.pk, record), inlines, request.POST, choices
        )
        touches = standing.since(tables, record.pk, seen)
        for one in compared.differences:
            own = [touch.who for touch in touches if (touch.model, touch.row) == one.row]
            one.who = ", ".join(dict.fromkeys(own))
        return compared

    def _ask(
        self,
        request: HttpRequest,
        record: Any,
        compared: ThreeWay,
        tables: list[standing.Table],
        shown: frozenset[int],
        *,
        undecided: bool = False,
    ) -> HttpResponse:
        """The page on which somebody decides between what was changed meanwhile and what they typed."""
        touches = standing.since(tables, record.pk, _numbers(request.POST.get("seen", "")))
        button = next((name for name in BUTTONS if name in request.POST), "_save")
        kept = [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in {*BUTTONS, "csrfmiddlewaretoken", "shown"}
            and not name.startswith(("choice-", "written-"))
        ]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Changed while you were writing: {self.label(record)}",
            "original": record,
            "compared": compared,
            "people": list(dict.fromkeys((touch.who, touch.via) for touch in touches)),
            "last": touches[-1].at if touches else None,
            "kept": kept,
            "shown": _words(shown),
            "button": button,
            "undecided": undecided,
            "files": [file.name for file in posted_files(request)],
            "address": request.get_full_path(),
        }
        return TemplateResponse(request, "admin/conflict.html", context)

    # A record that is gone.

    def _lost(self, request: HttpRequest, object_id: str, show: Callable[[], Any]) -> Any:
        """The way on for what was typed into a record that somebody deleted: the form of a new one, filled."""
        key = unquote(object_id)
        if not self.has_add_permission(request) or not key.isdecimal():
            return show()
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
        return HttpResponseRedirect(f"{address}?gone={key}", preserve_request=True)

    def _take_up(self, request: HttpRequest) -> None:
        """Show, and do not save yet, what was typed into a record that is gone by now."""
        if hasattr(request, "resumed"):
            request.refusal = request.resumed  # type: ignore[attr-defined]
        if not request.POST.get("seen") or not self.has_add_permission(request):
            return
        formsets = [made for made, _ in self.get_formsets_with_inlines(request)]
        fresh = as_new(request.POST, {made.get_default_prefix(): made.fk.name for made in formsets})
        for name in ("seen", "why"):
            fresh.pop(name, None)
        key = request.GET.get("gone", "")
        version = (
            self.model.pgh_event_model.objects.filter(pgh_obj_id=key, pgh_label="delete").last()
            if key.isdecimal() and self.has_view_permission(request)
            else None
        )
        who = ""
        if version is not None:
            fresh.setdefault("slug", version.slug)
            who = f" by {standing.since([(self.model, 'pk')], int(key), [])[-1].who}"
        request.POST = fresh  # type: ignore[assignment]
        request.refusal = (  # type: ignore[attr-defined]
            f"This {self.opts.verbose_name} was deleted{who} while you were writing. All that you typed is here; "
            "save it to add it anew, or leave the page."
        )


def _numbers(text: str) -> frozenset[int]:
    """The numbers of versions that a form remembers; none where it says anything else."""
    words = text.split()[:_MOST_ROWS]
    return frozenset(int(word) for word in words if word.isascii() and word.isdigit() and len(word) < 19)


def _words(numbers: Iterable[int]) -> str:
    return " ".join(map(str, sorted(numbers)))


def _without_choices(data: QueryDict, seen: Iterable[int]) -> QueryDict:
    """``data`` as a form that shows the versions ``seen`` would send it."""
    for name in [name for name in data if name == "shown" or name.startswith(("choice-", "written-"))]:
        del data[name]
    data["seen"] = _words(seen)
    return data
