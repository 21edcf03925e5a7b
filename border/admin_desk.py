"""What waits on the desk: questions about records of every noun, each counted here and listed elsewhere by the same words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, QuerySet, Value
from django.http import HttpRequest

from border.admin_base import RecordAdmin
from border.admin_filters import touched_by
from border.curation.queues import review_queue, sent_back_to
from border.kernel.records import Status
from border.publication.endpoints import endpoint_of

Records = QuerySet[Any]


@dataclass(frozen=True)
class Question:
    """A question about the records of each noun. ``query`` are the filters of a noun's list that ask the same."""

    name: str
    title: str
    meaning: str
    query: str
    ask: Callable[[list[type[Any]], Any], dict[type[Any], Records]]


def _every(models: list[type[Any]], person: Any) -> dict[type[Any], Records]:
    return {model: model._default_manager.all() for model in models}


def _drafts(models: list[type[Any]], person: Any) -> dict[type[Any], Records]:
    return {
        model: model._default_manager.filter(touched_by(model, person), status=Status.DRAFT)
        for model in models
    }


def _among(
    queue: Callable[[Any], dict[str, Records]],
) -> Callable[[list[type[Any]], Any], dict[type[Any], Records]]:
    def ask(models: list[type[Any]], person: Any) -> dict[type[Any], Records]:
        found = queue(person)
        names = {model: endpoint_of(model).name for model in models}
        return {model: found[name] for model, name in names.items() if name in found}

    return ask


def _cited(
    narrowed: Callable[[Records, Records], Records],
) -> Callable[[list[type[Any]], Any], dict[type[Any], Records]]:
    def ask(models: list[type[Any]], person: Any) -> dict[type[Any], Records]:
        return {
            model: narrowed(
                model._default_manager.all(),
                model._meta.get_field("citations").related_model._default_manager.filter(
                    record=OuterRef("pk")
                ),
            )
            for model in models
            if hasattr(model, "citations")
        }

    return ask


QUESTIONS = {
    question.name: question
    for question in (
        Question(
            "all",
            "Records",
            "Every record, whatever its standing.",
            "",
            _every,
        ),
        Question(
            "drafts",
            "My drafts",
            "Drafts that you wrote or changed.",
            "?status__exact=draft&touched=me",
            _drafts,
        ),
        Question(
            "review",
            "For me to review",
            "In review, not written by you, and asked of you or of nobody yet.",
            "?review=mine",
            _among(review_queue),
        ),
        Question(
            "back",
            "Sent back to me",
            "A reviewer sent a field of your work back; the record waits for your answer.",
            "?review=back",
            _among(sent_back_to),
        ),
        Question(
            "uncited",
            "Without a source",
            "No citation says from where we know it.",
            "?cited=none",
            _cited(lambda records, citations: records.filter(~Exists(citations))),
        ),
        Question(
            "contradicted",
            "Sources disagree",
            "Two sources give different values for the same field.",
            "?cited=contradicted",
            _cited(lambda records, citations: records.filter(Exists(citations.contradicting()))),  # type: ignore[attr-defined]
        ),
    )
}


def nouns(request: HttpRequest) -> list[RecordAdmin]:
    """The admin of each noun that this person may see."""
    return [
        registered
        for registered in admin.site._registry.values()
        if isinstance(registered, RecordAdmin) and registered.has_view_permission(request)
    ]


def answers(question: Question, request: HttpRequest) -> dict[type[Any], Records]:
    """The records that answer a question, by noun, of the nouns that this person may see and that can be asked."""
    return question.ask([shown.model for shown in nouns(request)], request.user)


def counts(questions: Iterable[Question], request: HttpRequest) -> dict[str, dict[type[Any], int]]:
    """How many records of each noun answer each question, in one query; nouns that cannot be asked are left out."""
    asked = {question.name: answers(question, request) for question in questions}
    labels = {model._meta.label: model for found in asked.values() for model in found}
    rows = [
        records.order_by()
        .annotate(question=Value(name), noun=Value(model._meta.label))
        .values_list("question", "noun")
        .annotate(count=Count("pk"))
        for name, found in asked.items()
        for model, records in found.items()
    ]
    counted = {name: dict.fromkeys(found, 0) for name, found in asked.items()}
    if rows:
        for name, label, count in rows[0].union(*rows[1:], all=True):
            counted[name][labels[label]] = count
    return counted
