"""References are read from what is pasted: nothing of them is lost, and what cannot be read is said with its line."""

import json
import string
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from border.kernel.edtf import bounds
from sources.choices import SourceKind
from sources.models import Source
from sources.references import ReferenceUnread, bibtex, csl, read, ris
from sources.references.latex import plain
from sources.references.reference import Reference

ARTICLE = r"""
% exported on a Monday
@comment{nothing}
@string{ej = {The {\'E}uphrates Journal}}
@Article{cabayan:2014,
  title     = {Bukamal and {Qa'im}: a "border" of {\'e}lites},
  author    = "Cabayan, Hriar and {Crisis and Conflict Group} and van der Berg, Jr, Jan",
  journal   = ej # " of Studies",
  publisher = {University Press},
  year = 2014, month = "22~" # jun,
  volume = 12,
  doi = {https://doi.org/10.1234/a\_b},
  url = {https://example.org/~hriar/a--b?x=1\&y=2},
}
@book(hijaz, title = "Die Br{\"u}cke", author = {Öz, Ümit}, date = {1968~/2003}, isbn = {978-0-14-044913-6}, langid = {german})
"""


def one(text) -> Reference:
    [reference] = read(text)
    return reference


def test_bibtex_fills_the_fields_and_keeps_the_rest():
    article, book = read(ARTICLE)
    assert article.fields == {
        "kind": "paper",
        "title": 'Bukamal and Qa\'im: a "border" of élites',
        "authors": "Hriar Cabayan; Crisis and Conflict Group; Jan van der Berg Jr",
        "publisher": "The Éuphrates Journal of Studies",
        "published": "2014-06-22",
        "doi": "10.1234/a_b",
        "url": "https://example.org/~hriar/a--b?x=1&y=2",
    }
    assert sorted(article.left) == [("publisher", "University Press"), ("volume", "12")]
    assert book.fields == {
        "kind": "book",
        "title": "Die Brücke",
        "authors": "Ümit Öz",
        "published": "1968~/2003",
        "isbn": "978-0-14-044913-6",
        "language": "de",
    }


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("year = 2014", "2014"),
        ("year = 2014, month = 6", "2014-06"),
        ("year = 2014, month = jun, day = 3", "2014-06-03"),
        ("year = 2014, month = {May--June}", "2014-05/2014-06"),
        ('year = {2014}, month = "3rd " # sep', "2014-09-03"),
        ("date = {2014-22}", "2014-22"),
    ],
)
def test_bibtex_dates_become_edtf(written, meant):
    assert one(f"@misc{{x, title = {{A}}, {written}}}").fields["published"] == meant


@pytest.mark.parametrize(
    ("text", "line", "remedy"),
    [
        ("@article{a,\n title = {open", 2, "put } where the value ends"),
        ('@article{a,\n title = "open', 2, 'put " where the value ends'),
        ("@article{a,\n title = {x}\n year = 2014}", 3, "comes a comma"),
        ("@article{a,\n\n journal = unknown}", 3, "put the value in braces, {unknown}"),
        ("@article{a,\n title {x}}", 2, "after the field name title comes ="),
        ("@article{a, title = {x}", 1, "or } at the end of the entry"),
        ("@article a", 1, "after @article comes {"),
        ('@article{a, title = "x } y"}', 1, "this } closes nothing"),
        ("TY  - NEWS\nnonsense before a tag\nTI  - x\nTY  - NEWS", 4, "put a line ER  - between them"),
        ("TY  - NEWS\nER  - \nTI  - x", 3, "an item begins with a line TY"),
        ("TY  - NEWS\nER  - \n\nloose words", 4, "is no line of RIS"),
        ('[{"title": "x",\n]', 2, "from its first bracket to its last"),
        ("[]", 1, "there is none here"),
        ("[1]", 1, "there is none here"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(text, line, remedy):
    with pytest.raises(ReferenceUnread) as refused:
        read(text)
    assert str(refused.value).startswith(f"Line {line}: ")
    assert remedy in str(refused.value)


@pytest.mark.parametrize("text", ["", "  ", "two words", "ftp:/broken", '{"a": 1}', "x" * 200_001, "10.12/x"])
def test_what_is_no_reference_is_refused(text):
    with pytest.raises(ReferenceUnread):
        read(text)


def test_ris_fills_the_fields_and_keeps_the_rest():
    reference = one(
        "\ufeffTY  - NEWS\r\nTI  - A town falls\r\n  in the night\r\nAU  - Ali, Omar\r\nA1  - Qassim, N.\r\nT2  - The Daily\r\n"
        "PY  - 2014\r\nDA  - 2014/06/22/\r\nLA  - English\r\nSN  - 1234-5678\r\nUR  - https://daily.example/a\r\nER  - \r\n"
    )
    assert reference.fields == {
        "kind": "news",
        "title": "A town falls in the night",
        "authors": "Omar Ali; N. Qassim",
        "publisher": "The Daily",
        "published": "2014-06-22",
        "language": "en",
        "url": "https://daily.example/a",
    }
    assert reference.left == [("SN", "1234-5678")]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("PY  - 2014", "2014"),
        ("PY  - 2014/06//", "2014-06"),
        ("PY  - 2014///Summer", "2014-22"),
        ("DA  - 2014-06-22", "2014-06-22"),
        ("Y1  - 2014/6/2/", "2014-06-02"),
        ("PY  - 2014\nDA  - 2014/06/22", "2014-06-22"),
    ],
)
def test_ris_dates_become_edtf(written, meant):
    reference = one(f"TY  - RPRT\nTI  - A\n{written}\n")
    assert reference.fields["published"] == meant
    assert reference.left == []


def test_arabic_title_is_the_title_in_its_own_script():
    reference = one("TY  - NEWS\nTI  - سقوط القائم\u200f\nER  - ")
    assert reference.fields == {"kind": "news", "title_original": "سقوط القائم"}
    assert reference.doubts == ["The title is not in Latin script: write the title in English beside it."]
    both = one("TY  - NEWS\nTI  - سقوط القائم\nTT  - Fall of Qa'im\nER  - ")
    assert both.fields["title"] == "Fall of Qa'im"
    assert both.fields["title_original"] == "سقوط القائم"
    assert both.doubts == []


def test_csl_fills_the_fields_and_keeps_the_rest():
    reference = one(
        json.dumps(
            {
                "id": "zotero/1",
                "type": "report",
                "title": "Border Security",
                "author": [
                    {"given": "Hriar", "family": "Cabayan"},
                    {"literal": "Crisis; Group"},
                    {"given": "J", "non-dropping-particle": "van", "family": "Berg"},
                ],
                "publisher": "NSI",
                "container-title": ["Papers"],
                "issued": {"date-parts": [[2014, 6]], "circa": True},
                "page": "3-9",
                "ISBN": ["9780140449136"],
                "DOI": "10.1234/x",
            }
        )
    )
    assert reference.fields == {
        "kind": "report",
        "title": "Border Security",
        "authors": "Hriar Cabayan; Crisis, Group; J van Berg",
        "publisher": "NSI",
        "published": "2014-06~",
        "isbn": "9780140449136",
        "doi": "10.1234/x",
    }
    assert sorted(reference.left) == [("container", "Papers"), ("page", "3-9")]


@pytest.mark.parametrize(
    ("issued", "meant"),
    [
        ({"date-parts": [[2014]]}, "2014"),
        ({"date-parts": [["2014", "6", "2"]]}, "2014-06-02"),
        ({"date-parts": [[2014, 6], [2014, 8]]}, "2014-06/2014-08"),
        ({"date-parts": [[2014]], "season": "3"}, "2014-23"),
        ({"date-parts": [[622]]}, "0622"),
        ({"raw": "2014-06-22"}, "2014-06-22"),
        ({"literal": "some day"}, "some day"),
    ],
)
def test_csl_dates_become_edtf_or_stay_as_written(issued, meant):
    reference = one(json.dumps({"type": "book", "title": "A", "issued": issued}))
    assert reference.fields["published"] == meant
    assert bool(reference.doubts) == (meant == "some day")


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("10.1234/abc.", {"doi": "10.1234/abc"}),
        ("doi: 10.1234/abc(7)", {"doi": "10.1234/abc(7)"}),
        ("https://doi.org/10.1234/abc", {"doi": "10.1234/abc"}),
        (
            "https://daily.example/world/2014/06/22/a?utm_source=x&id=3",
            {"url": "https://daily.example/world/2014/06/22/a?id=3", "published": "2014-06-22"},
        ),
        ("https://daily.example/2014/6/a", {"url": "https://daily.example/2014/6/a", "published": "2014-06"}),
        ("https://daily.example/n20149999a", {"url": "https://daily.example/n20149999a"}),
        (
            "https://web.archive.org/web/20140701000000/https://daily.example/a",
            {
                "url": "https://daily.example/a",
                "archived_url": "https://web.archive.org/web/20140701000000/https://daily.example/a",
            },
        ),
    ],
)
def test_address_alone_fills_what_it_says(text, fields):
    assert one(text).fields == fields


def test_every_kind_and_field_is_one_of_ours():
    kinds = {*bibtex.KINDS.values(), *ris.KINDS.values(), *csl.KINDS.values()}
    assert kinds <= set(SourceKind.values)
    ours = {field.name for field in Source._meta.fields}
    for reference in read(ARTICLE):
        assert reference.fields.keys() <= ours


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"{\'E}l\`{e}ve {\"o}{\o}{\ss} \v{S}\c{c}", "Élève öøß Šç"),
        (r"D{\=a}w{\=u}d \d{H}us\.{a}yn", "Dāwūd Ḥusȧyn"),
        (r"\'{\i} \'\i", "í í"),
        (r"a \& b \% \{c\} \_", "a & b % {c} _"),
        (r"\emph{Qa'im}---``so''", "Qa'im—“so”"),
        (r"\unknown{x}", r"\unknownx"),
    ],
)
def test_latex_becomes_plain_text(written, meant):
    assert plain(written) == meant


# ---- What is written in one of the forms comes back as it was.

PLAIN = (
    st.text(alphabet=string.ascii_letters + string.digits + " .,:'()-éüالقائم", min_size=1, max_size=40)
    .map(
        lambda text: (
            " ".join(text.split()).replace("--", "-").replace("--", "-").replace("''", "'").strip("' ")
        )
    )
    .filter(lambda text: any(char.isascii() and char.isalpha() for char in text))
)
NAMES = st.text(alphabet=string.ascii_letters + "éü", min_size=2, max_size=12).filter(
    lambda name: name.lower() not in {"and", "others"}
)
DAYS = st.dates()


def _title(reference):
    return reference.fields.get("title") or reference.fields["title_original"]


@given(title=PLAIN, family=NAMES, given=NAMES, day=DAYS, volume=st.integers(1, 99), quoted=st.booleans())
def test_bibtex_comes_back(title, family, given, day, volume, quoted):
    value = f'"{{{title}}}"' if quoted else f"{{{title}}}"
    reference = one(
        f"@article{{k, title={value}, author={{{family}, {given}}}, year={{{day.year:04}}}, month={day.month}, day={day.day}, volume={volume}}}"
    )
    assert _title(reference) == title
    assert reference.fields["authors"] == f"{given} {family}"
    assert bounds(reference.fields["published"]).possible.first == day
    assert reference.left == [("volume", str(volume))]


@given(title=PLAIN, family=NAMES, given=NAMES, day=DAYS)
def test_ris_and_csl_come_back(title, family, given, day):
    written = one(
        f"TY  - BOOK\nTI  - {title}\nAU  - {family}, {given}\nDA  - {day.year:04}/{day.month}/{day.day}\nER  - "
    )
    item = {
        "type": "book",
        "title": title,
        "author": [{"family": family, "given": given}],
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
    }
    assert one(json.dumps([item])).fields == written.fields
    assert _title(written) == title
    assert bounds(written.fields["published"]).possible.first == day


@given(
    st.text(alphabet=string.printable + "éال", max_size=200),
    st.sampled_from(["@article{a, ", "TY  - NEWS\n", "[{", "{", "10.1234/", ""]),
)
def test_anything_pasted_is_read_or_refused(text, start):
    with suppress(ReferenceUnread):
        assert all(reference.fields for reference in read(start + text))
