"""The review in the admin: what is asked of people, who is asked, what is said, and the page on which it is judged."""

from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from border.curation import conversation, judgement, reviewing
from border.curation.comparison import summaries
from border.curation.models import Comment
from border.curation.requirements import checklist, unmet
from border.curation.review_filters import BatchFilter, ReadersFilter, ReviewFilter
from border.curation.review_forms import CommentForm, ReviewerForm, SubmitForm
from border.curation.review_lists import ReviewList, standing
from border.kernel.records import Status
from border.publication import operations
from border.publication.admin import MOVES, Move, Publishing, ReasonForm
from border.publication.endpoints import endpoint_of
from border.publication.refusal import PublicationRefused

NOT_SEEN = frozenset({"never", "changed", "withdrawn"})
STEPS = {
    **MOVES,
    "send-back": Move(
        "send-back",
        "Send back",
        "sent back",
        "It becomes a draft again. Its author finds what you say beside it, and nobody publishes it before that is resolved.",
        "publish",
        NOT_SEEN,
        "What is to be changed. The author reads it; readers never do.",
        frozenset({Status.IN_REVIEW}),
    ),
    "assign": Move(
        "assign",
        "Ask a reviewer",
        "a reviewer is asked",
        "The reviewer finds it in their queue until it is published or sent back.",
        "change",
        NOT_SEEN,
        statuses=frozenset({Status.IN_REVIEW}),
    ),
}
# More are counted, not told one by one.
MOST_TOLD = 50


class PublishForm(ReasonForm):
    """Why it is published, and how far its changes had come when the page was shown."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)


FORMS: dict[str, type[forms.Form]] = {"submit": SubmitForm, "assign": ReviewerForm, "publish": PublishForm}


class Reviewing(Publishing):
    """What the admin of a reviewed noun gains: differences to judge, comments, reviewers who are asked."""

    actions = [*Publishing.actions, "assign_selected", "send_back_selected"]
    moves: ClassVar[dict[str, Move]] = STEPS
    pieces = {"below_form": "admin/conversation.html"}

    def get_urls(self) -> list[URLPattern]:
        """As before, with the reviewer's page of a record and what is said about it."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("<path:object_id>/review/", self.admin_site.admin_view(self.review_view), name=f"{name}_review"),
            path(
                "<path:object_id>/comments/", self.admin_site.admin_view(self.comments_view), name=f"{name}_comments"
            ),
            *super().get_urls(),
        ]  # fmt: skip

    def address(self, page: str, record: Any) -> str:
        """The address of one of the pages of ``record``."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=[record.pk])

    # Lists.

    standing = standing

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[Any]:
        """As Django's, whose rows know whose turn it is and whether readers see them as they stand."""
        return type("ReviewChangeList", (ReviewList, super().get_changelist(request, **kwargs)), {})

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """As declared; and by whose turn it is, by what readers see, by import."""
        return [ReviewFilter, *super().get_list_filter(request), ReadersFilter, BatchFilter]

    @admin.action(description="Ask a reviewer", permissions=["change"])
    def assign_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
        """Ask who is to review the selected records."""
        return self.decide_all(request, "assign", queryset)

    @admin.action(description="Send back", permissions=["publish"])
    def send_back_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
        """Ask what is to be changed in the selected records."""
        return self.decide_all(request, "send-back", queryset)

    # Steps.

    def form_of(self, move: Move) -> type[forms.Form] | None:
        """As before; and who is asked to review."""
        return FORMS.get(move.name) or super().form_of(move)

    def in_the_way(self, move: Move, records: Sequence[Any], by: Any) -> list[str]:
        """As before, with what the records lack; only what is in review is assigned or sent back."""
        if move.name == "publish":
            return reviewing.obstacles(*records, by=by)
        if not move.statuses:
            return []
        return [
            f"{record.slug} is {record.get_status_display().lower()}: this is for records in review."
            for record in records
            if move.name in {"assign", "send-back"} and record.status not in move.statuses
        ]

    def take(
        self,
        move: Move,
        records: Sequence[Any],
        *,
        by: Any,
        reason: str = "",
        reviewer: Any = None,
        seen: str = "",
    ) -> None:
        """Take the step for all ``records`` or none. Raises PublicationRefused."""
        if move.name in {"assign", "send-back"} and (found := self.in_the_way(move, records, by)):
            raise PublicationRefused(found)
        if move.name == "submit":
            reviewing.submit(*records, by=by, reviewer=reviewer)
        elif move.name == "assign":
            reviewing.assign(*records, reviewer=reviewer, by=by)
        elif move.name == "send-back":
            reviewing.send_back(*records, said={"": reason}, by=by)
        elif move.name == "withdraw":
            reviewing.withdraw(*records, by=by, reason=reason)
        else:
            if seen and seen != reviewing.fingerprint(*records):
                raise PublicationRefused(
                    ["Some of it was changed after this page was shown. See what changed, then publish."]
                )
            reviewing.publish(*records, by=by, reason=reason)

    def shown(self, move: Move, records: Sequence[Any]) -> dict[str, Any]:
        """What each record would change for readers, and what they should have and lack."""
        endpoint = endpoint_of(self.model)
        told = list(records[:MOST_TOLD])
        changes = summaries(endpoint, [record.pk for record in told])
        publishing = move.name == "publish"
        return {
            "rows": [
                {
                    "record": record,
                    "changes": changes.get(record.pk, []),
                    "address": self.address("review", record),
                }
                for record in told
            ],
            "rest": records[MOST_TOLD:],
            "advice": unmet(operations.grouped_by_endpoint(records), must=False) if publishing else [],
            "seen": reviewing.fingerprint(*records) if publishing else "",
        }

    # The page of a record.

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """As before, with what is said of the record below its form."""
        # The template calls it: a form that is saved and left needs none.
        context = {"conversation": partial(self.conversation_of, request, object_id)} if object_id else {}
        return super().changeform_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def standing_of(self, request: HttpRequest, object_id: str) -> dict[str, Any]:
        """As before; with what the record needs, who is asked, and where the differences are."""
        standing = super().standing_of(request, object_id)
        if not standing:
            return standing
        record = standing["record"]
        return {
            **standing,
            "review": self.address("review", record) if standing["state"] in NOT_SEEN else "",
            "checks": checklist(record) if standing["state"] in NOT_SEEN else [],
            "asked": conversation.asked(record),
            "held": sum(word.sends_back for words in self._said(request, record).values() for word in words),
        }

    def conversation_of(
        self, request: HttpRequest, object_id: str, form: CommentForm | None = None
    ) -> dict[str, Any]:
        """What is said of a record, and the form by which this person may say more."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return {}
        may_say = request.user.has_perm("curation.add_comment")
        return {
            "words": conversation.conversation(record, request.user),
            "form": (form or CommentForm(choices=conversation.choices(record))) if may_say else None,
            "address": self.address("comments", record),
        }

    def _said(self, request: HttpRequest, record: Any) -> dict[str, list[Comment]]:
        if not hasattr(request, "said"):
            request.said = conversation.open_by_field(record)  # type: ignore[attr-defined]
        return request.said  # type: ignore[attr-defined]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """As before; what is said of a field stands at the field."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is not None and obj.pk:
            for name, words in self._said(request, obj).items():
                if name in form.base_fields:
                    field = form.base_fields[name]
                    field.help_text = render_to_string(
                        "admin/said.html", {"words": words, "help_text": field.help_text}
                    )
        return form

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """As Django's; what is said of rows stands above them."""
        inlines = super().get_inline_instances(request, obj)
        if obj is not None and obj.pk:
            names = {one.related_model: one.get_accessor_name() for one in self.opts.related_objects}
            for inline in inlines:
                if words := self._said(request, obj).get(str(names.get(inline.model)), []):
                    inline.template_before, inline.said = "admin/said_of_rows.html", words
        return inlines

    def comments_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What is said of a record, for whoever may see it; sent by POST, something more, or that it is resolved."""
        if request.method not in {"GET", "HEAD", "POST"}:
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        record = self._looked_at(request, object_id)
        back = HttpResponseRedirect(f"{self.address('change', record)}#comments")
        form = None
        if request.method == "POST":
            if key := request.POST.get("resolve", ""):
                self._resolve(request, record, key)
                return back
            if not request.user.has_perm("curation.add_comment"):
                raise PermissionDenied
            form = CommentForm(request.POST, choices=conversation.choices(record))
            form.instance.endpoint, form.instance.slug = endpoint_of(record).name, record.slug
            form.instance.author = request.user
            if form.is_valid():
                form.save()
                self.message_user(request, "Your comment stands. It is never public.", messages.SUCCESS)
                return back
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": record,
            "title": f"Comments: {self.label(record)}",
            "record": record,
            "back": self.address("change", record),
            "conversation": self.conversation_of(request, object_id, form),
        }
        return TemplateResponse(request, "admin/comments.html", context)

    def _resolve(self, request: HttpRequest, record: Any, key: str) -> None:
        words = {str(word.comment.pk): word for word in conversation.conversation(record, request.user)}
        if key not in words:
            raise Http404
        if words[key].comment.resolved_at is not None:
            self.message_user(request, "This comment is resolved already.", messages.INFO)
            return
        if not words[key].resolvable:
            raise PermissionDenied
        reviewing.resolve(words[key].comment, by=request.user)
        self.message_user(request, "The comment is resolved.", messages.SUCCESS)

    def _looked_at(self, request: HttpRequest, object_id: str) -> Any:
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        return self.labelled(self.model._default_manager.filter(pk=record.pk)).get()

    # The reviewer's page.

    def review_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What readers see beside what they would see, for whoever may see the record; reviewers judge it here."""
        if request.method not in {"GET", "HEAD", "POST"}:
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        record = self._looked_at(request, object_id)
        public, points = judgement.points(record)
        verdict, reason, problems = judgement.Verdict(judgement.last_change(record)), "", []
        if request.method == "POST":
            if not self.has_publish_permission(request, record):
                raise PermissionDenied
            reason = request.POST.get("reason", "")
            verdict = judgement.verdict(request.POST, points)
            try:
                if response := self._judge(request, record, verdict, reason):
                    return response
            except PublicationRefused as refused:
                problems = refused.problems
        else:
            problems = reviewing.obstacles(record, by=request.user)
        own = operations.wrote(record, request.user)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": record,
            "title": f"Review: {self.label(record)}",
            "record": record,
            "public": public,
            "points": points,
            "to_judge": sum(point.to_judge for point in points),
            "verdict": verdict,
            "reason": reason,
            "problems": problems,
            "seen": judgement.last_change(record),
            "checks": checklist(record),
            "asked": conversation.asked(record),
            "own": own,
            "may_judge": self.has_publish_permission(request, record) and not own,
            "back": self.address("change", record),
        }
        return TemplateResponse(request, "admin/review.html", context)

    def _judge(
        self, request: HttpRequest, record: Any, verdict: judgement.Verdict, reason: str
    ) -> HttpResponse | None:
        """Take the step that was sent, and lead on; nothing where something is to be put right first."""
        if verdict.faulty:
            return None
        if "publish" in request.POST:
            if judgement.last_change(record) > verdict.seen:
                raise PublicationRefused(
                    ["It was changed after this page was shown: see what changed, then publish."]
                )
            reviewing.publish(record, by=request.user, reason=reason)
            self.message_user(request, f"{record}: published.", messages.SUCCESS)
            return HttpResponseRedirect(self.address("change", record))
        if not verdict.accepted and not verdict.said:
            raise PublicationRefused(["Nothing was judged: accept a field or send it back."])
        reviewing.judge(
            record,
            accepted=verdict.accepted,
            said=verdict.said,
            seen=min(verdict.seen, judgement.last_change(record)),
            by=request.user,
        )
        told = f"{len(verdict.accepted)} accepted, {len(verdict.said)} sent back."
        self.message_user(request, f"{record}: {told}", messages.SUCCESS)
        return HttpResponseRedirect(self.address("change" if verdict.said else "review", record))
