"""What a record needs before it is published: said of one, asked of many at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from border.curation import reviewing
from border.curation.requirements import REQUIREMENTS, advice, checklist, unmet
from border.publication import operations
from border.publication.endpoints import ENDPOINTS
from border.publication.refusal import PublicationRefused
from tests import factories as make

pytestmark = pytest.mark.django_db


def met(record):
    return {check.wanted: check.met for check in checklist(record)}


CITATION, DATE, FIGURES = (requirement.wanted for requirement in REQUIREMENTS)


def test_draft_without_citations_lacks_all():
    event = make.CasualtyFactory().event
    assert met(event) == {CITATION: False, DATE: False, FIGURES: False}


def test_citation_of_the_whole_backs_everything():
    event = make.CasualtyFactory().event
    make.cite(event)
    assert met(event) == {CITATION: True, DATE: True, FIGURES: True}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"attribute": "date"}, {CITATION: True, DATE: True, FIGURES: False}),
        ({"attribute": "start"}, {CITATION: True, DATE: True, FIGURES: False}),
        ({"attribute": "fatalities"}, {CITATION: True, DATE: False, FIGURES: True}),
        ({"attribute": "insurgents killed"}, {CITATION: True, DATE: False, FIGURES: True}),
        ({"attribute": "skilled workers"}, {CITATION: True, DATE: False, FIGURES: False}),
        ({"attribute": "date", "stance": "disputes"}, {CITATION: False, DATE: False, FIGURES: False}),
        (
            {"attribute": "fatalities", "stance": "disputes"},
            {CITATION: False, DATE: False, FIGURES: True},
        ),
    ],
)
def test_citation_backs_what_it_speaks_of(values, expected):
    event = make.CasualtyFactory().event
    make.cite(event, **values)
    assert met(event) == expected


def test_figure_with_a_source_of_its_own_needs_no_more():
    event = make.CasualtyFactory(source=make.SourceFactory()).event
    assert met(event)[FIGURES] is True
    make.CasualtyFactory(event=event, kind="injured")
    assert met(event)[FIGURES] is False


@pytest.mark.parametrize("name", ENDPOINTS)
def test_every_noun_with_citations_needs_one_and_no_other(name):
    endpoint = ENDPOINTS[name]
    record = make.FACTORIES[endpoint.model]()
    assert (CITATION in met(record)) is endpoint.cited
    if not endpoint.cited:
        assert met(record) == {}


def test_actor_without_a_date_needs_none_cited():
    actor = make.ActorFactory()
    make.cite(actor, attribute="name_ar")
    assert met(actor) == {CITATION: True, DATE: True}
    actor.existed = "2014/.."
    actor.save()
    assert met(actor)[DATE] is False


def test_what_must_be_there_is_refused_and_what_should_is_told(reviewer, paper):
    bare = make.ActorFactory(slug="bare")
    half = make.ActorFactory(slug="half", existed="2014")
    make.cite(half, source=paper, attribute="name_ar")
    grouped = operations.grouped_by_endpoint([bare, half])
    assert unmet(grouped, must=True) == ["actors/bare cites nothing that supports it: add a citation."]
    assert unmet(grouped, must=False) == ["actors/half has a date for which nothing is cited."]
    assert advice(grouped) == ["1 of 2 actors lack a citation for the date."]
    with pytest.raises(PublicationRefused):
        reviewing.publish(bare, half, by=reviewer, reason="Good.")
    reviewing.publish(half, by=reviewer, reason="Good.")
    assert operations.state(half) == ("current", 1)


def test_long_lists_are_cut_and_counted():
    actors = [make.ActorFactory(slug=f"a-{number:02}") for number in range(23)]
    told = unmet(operations.grouped_by_endpoint(actors), must=True)
    assert len(told) == 21
    assert told[-1] == "3 more actors lack a citation that supports it, from a-20 on."


@pytest.mark.parametrize("count", [1, 3])
def test_questions_do_not_grow_with_the_records(count):
    grouped = operations.grouped_by_endpoint([make.EventFactory() for _ in range(count)])
    with CaptureQueriesContext(connection) as queries:
        unmet(grouped, must=False)
    assert len(queries) == 2
