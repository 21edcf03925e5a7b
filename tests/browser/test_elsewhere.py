"""The browser of these tests complains of what a page asks elsewhere."""

import pytest

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "reader"]),
]


@pytest.mark.parametrize("address", ["http://example.org/", "https://10.1.2.3/", "http://[2001:db8::1]/"])
def test_what_is_asked_elsewhere_is_complained_of(desk, address):
    somebody = desk()
    somebody.page.set_content(f'<img src="{address}map.png">')
    assert f"asked elsewhere: {address}map.png" in somebody.problems
    somebody.problems.clear()
