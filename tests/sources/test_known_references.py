"""A reference is known again by its DOI, its address however written, or its title and date; its host tells the rest."""

import pytest

from sources.models import Source
from sources.references import read
from sources.references.known import already_here, completed
from tests import factories

pytestmark = pytest.mark.django_db


def found(text):
    [reference] = read(text)
    return [source.slug for source in already_here(reference, Source.objects.all())]


@pytest.mark.parametrize(
    "text",
    [
        "https://doi.org/10.1234/QAIM",
        "https://daily.example/2014/qaim/?utm_source=x",
        "http://www.daily.example/2014/qaim#top",
        "TY  - NEWS\nTI  - QA'IM   falls\nPY  - 2014-06-22\nER  - ",
        "TY  - NEWS\nTI  - Qa'im falls\nER  - ",
        "TY  - NEWS\nTI  - سقوط القائم\nER  - ",
    ],
)
def test_source_is_known_again(text):
    factories.SourceFactory(
        slug="qaim",
        title="Qa'im falls",
        title_original="سقوط القائم",
        published="2014-06-22",
        doi="10.1234/qaim",
        url="https://daily.example/2014/qaim/",
    )
    factories.SourceFactory(
        slug="another", title="Qa'im", doi="10.1234/qai", url="https://daily.example/2014/qaim-again"
    )
    assert found(text) == ["qaim"]


@pytest.mark.parametrize(
    "text",
    [
        "https://daily.example/2014/qaim?id=2",
        "https://daily.example/2014",
        "TY  - NEWS\nTI  - Qa'im falls\nPY  - 2015\nER  - ",
        "10.1234/qaim.2",
    ],
)
def test_another_source_is_not_taken_for_it(text):
    factories.SourceFactory(
        title="Qa'im falls", published="2014-06-22", doi="10.1234/qaim", url="https://daily.example/2014/qaim"
    )
    assert found(text) == []


def test_host_tells_what_all_its_sources_agree_on():
    for title, kind in (("One", "news"), ("Two", "analysis")):
        factories.SourceFactory(
            title=title,
            kind=kind,
            publisher="The Daily",
            language="ar",
            url=f"https://www.daily.example/{title}",
        )
    factories.SourceFactory(publisher="Not The Daily", url="https://notdaily.example/a?of=daily.example")
    [reference] = read("https://daily.example/2014/06/22/three")
    assert completed(reference, Source.objects.all()) == ["publisher", "language"]
    assert (reference.fields["publisher"], reference.fields["language"]) == ("The Daily", "ar")
    assert "kind" not in reference.fields


def test_known_again_costs_one_query(django_assert_num_queries):
    for number in range(3):
        factories.SourceFactory(title="Qa'im falls", url=f"https://daily.example/{number}")
    [reference] = read("TY  - NEWS\nTI  - Qa'im falls\nUR  - https://daily.example/1\nER  - ")
    with django_assert_num_queries(1):
        assert len(already_here(reference, Source.objects.all())) == 3
    with django_assert_num_queries(1):
        completed(reference, Source.objects.all())
