"""What a question costs, in queries: the same for one row and for three."""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixtures")]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("query", "queries"),
    [
        ("", 1),
        ("&on=2015-01-01&date_match=certain", 1),
        ("&q=qaim&changed_since=2020-01-01", 1),
        ("&count=true", 2),
        # Which state of the record the slugs are looked up in; looked up once for that state.
        ("&territory=qaim-district&actor=islamic-state&source=carnegie-2020-seed", 2),
    ],
)
def test_page_costs_the_same_whatever_its_size(client, django_assert_num_queries, query, queries, rows):
    address = f"/api/v1/events/?page_size={rows}{query}"
    client.get(address)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


def test_record_costs_one_query(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert client.get("/api/v1/events/e-nsa-raid-2016/?on=2016-01-01").status_code == 200
    # And a second one, to say what became of it.
    with django_assert_num_queries(2):
        assert client.get("/api/v1/events/e-no-such-event/").status_code == 404
