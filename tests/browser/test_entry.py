"""A curator who never touches the mouse: an event with all that belongs to it, counted; and the other quick ways."""

import re

import pytest
from playwright.sync_api import expect

from actors.models import Actor
from events.models import Event
from sources.models import Source
from tests import factories

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "reader"]),
]

ADD_EVENT = "/admin/events/event/add/"
ADD_SOURCE = "/admin/sources/source/add/"


class Hands:
    """A keyboard, and a count of what was done with it.

    One interaction is one field filled by typing, or one press of a key or of keys held together. Looking a record up
    is two: the name that is typed, and the key that takes the answer. Choosing in a list by its first letters is one,
    as is filling a field.
    """

    def __init__(self, page):
        self.page = page
        self.count = 0

    def types(self, text):
        self.page.keyboard.type(text)
        self.count += 1

    def presses(self, keys):
        self.page.keyboard.press(keys)
        self.count += 1

    def looks_up(self, name, answer, key):
        """Types a name, sees the answer marked, and takes it by the key that leads on."""
        self.types(name)
        expect(self.page.locator(".select2-results__option--highlighted")).to_contain_text(answer)
        self.presses(key)


@pytest.fixture
def world(person):
    """A town with a namesake, two actors and two papers."""
    factories.TerritoryFactory(
        slug="bukamal", name="Bukamal", name_ar="البوكمال", kind="town", countries=["SY"]
    )
    factories.TerritoryFactory(
        slug="bukamal-district", name="Bukamal District", kind="district", countries=["SY"]
    )
    factories.ActorFactory(slug="israel", name="Israel", kind="state")
    factories.ActorFactory(slug="kataib-hizballah", name="Kata'ib Hizballah", name_ar="كتائب حزب الله")
    factories.SourceFactory(slug="daily", title="Night raid on Bukamal", kind="news")
    factories.SourceFactory(slug="weekly", title="Weekly digest 33", kind="report")
    return person("curator")


def takes_in_hand(somebody, title):
    page = somebody.open("/admin/sources/source/")
    page.get_by_role("button", name=f"Cite this {title}").click()
    expect(page.get_by_text("is at hand")).to_be_visible()


def cites(hands, key, answer, typed, quote):
    """A citation by ``key``, of the source that it brings along or of the one that ``typed`` finds."""
    hands.presses(key)
    if answer:
        hands.looks_up(typed, answer, "Tab")
    hands.types(quote)


@pytest.mark.parametrize(
    ("in_hand", "claims", "first", "second", "claimed", "cited"),
    [
        (True, "any", ("Alt+Q", "", ""), ("Alt+W", "Weekly digest 33", "digest"), "daily", ["daily", "weekly"]),
        (False, "any", ("Alt+Q", "Night raid", "raid"), ("Alt+S", "", ""), None, ["daily", "daily"]),
        (False, "killed", ("Alt+Q", "Night raid", "raid"), ("Alt+W", "Weekly digest 33", "digest"), None, ["daily", "weekly"]),
    ],
    ids=["source at hand", "one source looked up", "two sources looked up"],
)  # fmt: skip
def test_complete_event_takes_at_most_25_interactions_without_the_mouse(
    world, desk, in_hand, claims, first, second, claimed, cited
):
    curators = desk()
    page = curators.sign_in("curator")
    if in_hand:
        takes_in_hand(curators, "Night raid on Bukamal")
    page = curators.open(ADD_EVENT)
    hands = Hands(page)

    hands.types("Airstrike on a base near Bukamal")
    hands.presses("Tab")
    hands.types("2018-06-17")
    hands.presses("Tab")
    hands.types("airs")
    hands.presses("Tab")
    hands.looks_up("bukamal", "Bukamal · البوكمال · Town", "Alt+I")
    hands.looks_up("isra", "Israel", "Alt+T")
    if claims == "killed":
        hands.looks_up("kataib", "Kata'ib Hizballah · كتائب حزب الله", "Alt+L")
    else:
        hands.looks_up("kataib", "Kata'ib Hizballah · كتائب حزب الله", "Alt+C")
        hands.types("kill")
        hands.presses("Tab")
    hands.types("civ")
    hands.presses("Tab")
    hands.types("52")
    cites(hands, *first, "The strike hit a villa at night.")
    cites(hands, *second, "Fifty-two were killed.")
    hands.presses("Control+Enter")
    expect(page.get_by_text("was added successfully")).to_be_visible()

    event = Event.objects.get()
    assert (event.title, event.date, event.kind, event.territory.slug) == (
        "Airstrike on a base near Bukamal", "2018-06-17", "airstrike", "bukamal",
    )  # fmt: skip
    assert {(part.role, part.actor.slug) for part in event.participations.all()} == {
        ("initiator", "israel"), ("target", "kataib-hizballah"),
    }  # fmt: skip
    claim = event.casualties.get()
    assert (claim.kind, claim.whom, claim.best) == ("killed", "civilians", 52)
    assert (claim.source and claim.source.slug) == claimed
    citations = event.citations.order_by("number")
    assert [one.source.slug for one in citations] == cited
    assert [one.quote for one in citations] == ["The strike hit a villa at night.", "Fifty-two were killed."]
    assert hands.count <= 25, hands.count


def test_same_source_is_that_of_the_last_row_that_stays(world, desk):
    event = factories.EventFactory()
    for slug in ("daily", "weekly"):
        factories.EventCitationFactory(record=event, source=Source.objects.get(slug=slug))
    curators = desk()
    curators.sign_in("curator")
    address = f"/admin/events/event/{event.pk}/change/"
    added = "#id_citations-2-source + .select2"

    page = curators.open(address)
    page.keyboard.press("Alt+S")
    expect(page.locator("#id_citations-2-quote")).to_be_focused()
    expect(page.locator(added)).to_contain_text("Weekly digest 33")

    page = curators.open(address)
    page.locator("#id_citations-1-DELETE").evaluate("box => box.click()")
    page.keyboard.press("Alt+S")
    expect(page.locator(added)).to_contain_text("Night raid on Bukamal")

    page = curators.open(ADD_EVENT)
    page.keyboard.press("Alt+S")
    expect(page.locator("#id_citations-0-source + .select2 .select2-selection")).to_be_focused()


def test_same_again_leaves_the_date_to_write(world, desk):
    event = factories.EventFactory(
        title="Strike on the base", kind="airstrike", date="2018-06-17", summary="At night."
    )
    factories.ParticipationFactory(event=event, role="initiator")
    factories.EventCitationFactory(record=event, quote="It struck.")
    curators = desk()
    curators.sign_in("curator")
    page = curators.open(f"/admin/events/event/{event.pk}/change/")
    page.keyboard.press("Control+Shift+Enter")
    expect(page.get_by_text("Here is the form for the next like it")).to_be_visible()
    expect(page.locator("#id_date")).to_be_focused()
    page.keyboard.type("2018-06-24")
    expect(page.get_by_role("status", name="Events that may be this one")).to_have_text("")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("was added successfully")).to_be_visible()
    latest = Event.objects.get(date="2018-06-24")
    assert (latest.title, latest.kind, latest.territory, latest.summary) == (
        event.title, event.kind, event.territory, "",
    )  # fmt: skip
    assert [(part.actor, part.role) for part in latest.participations.all()] == [
        (part.actor, part.role) for part in event.participations.all()
    ]
    assert [(one.source, one.quote) for one in latest.citations.all()] == [(event.citations.get().source, "")]


def test_event_that_is_here_already_is_named_while_it_is_typed(world, desk):
    known = factories.EventFactory(title="Night raid", date="2018-06-17", kind="airstrike")
    curators = desk()
    curators.sign_in("curator")
    page = curators.open(ADD_EVENT)
    told = page.get_by_role("status", name="Events that may be this one")
    page.locator("#id_title").fill("Raid at night")
    page.locator("#id_kind").select_option("airstrike")
    page.locator("#id_date").fill("2018-06-17")
    page.locator("#id_territory + .select2").click()
    page.locator(".select2-search__field").fill(known.territory.name)
    page.get_by_role("option", name=known.territory.name).first.click()
    expect(told).to_contain_text("An event that is here may be this one")
    expect(told).to_contain_text("The same territory.")
    assert told.get_by_role("link").get_attribute("href") == f"/admin/events/event/{known.pk}/change/"
    page.locator("#id_date").fill("2011")
    expect(told).to_have_text("")
    page.locator("#id_date").fill("2018-06-17")
    expect(told).to_contain_text("Night raid")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was added successfully")).to_be_visible()
    expect(page.get_by_text("It may be here already")).to_have_count(0)
    assert Event.objects.count() == 2


def test_source_from_a_pasted_bibtex(world, desk):
    curators = desk()
    curators.sign_in("curator")
    page = curators.open(ADD_SOURCE)
    box = page.get_by_label("Paste a web address")
    expect(box).to_be_focused()
    box.fill("@report{a, title = {Bukamal {\\'e}tude}, institution = {ICG}, date = {2018-06}, number = 12\n")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("or } at the end of the entry")
    box.fill(
        "@dataset{a, title = {Bukamal {\\'e}tude}, institution = {ICG}, date = {2018-06}, number = 12}\n"
    )
    page.keyboard.press("Control+Enter")
    expect(page.locator("#id_title")).to_have_value("Bukamal étude")
    expect(page.locator("#id_kind")).to_have_value("dataset")
    expect(page.get_by_text("No field holds 1 more: number")).to_be_visible()
    assert Source.objects.filter(title="Bukamal étude").count() == 0
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("was added successfully")).to_be_visible()
    made = Source.objects.get(title="Bukamal étude")
    assert (made.kind, made.publisher, made.published) == ("dataset", "ICG", "2018-06")


def test_source_from_a_doi_that_is_here_already_is_taken_in_the_little_window(world, desk):
    factories.SourceFactory(slug="known", title="Known already", doi="10.1234/known")
    curators = desk()
    curators.sign_in("curator")
    page = curators.open(ADD_EVENT)
    page.keyboard.press("Alt+Q")
    expect(page.locator("#id_citations-0-source + .select2 .select2-selection")).to_be_focused()
    with page.expect_popup() as opening:
        page.keyboard.press("Alt+A")
    window = opening.value
    window.get_by_label("Paste a web address").fill("https://doi.org/10.1234/KNOWN")
    window.keyboard.press("Control+Enter")
    expect(window.locator("#id_doi")).to_have_value("10.1234/KNOWN")
    with window.expect_event("close"):
        window.get_by_role("button", name="Take this one").click()
    expect(page.locator("#id_citations-0-source")).to_have_value(str(Source.objects.get(slug="known").pk))


def test_source_at_hand_is_put_away_without_losing_what_was_typed(world, desk):
    curators = desk()
    page = curators.sign_in("curator")
    takes_in_hand(curators, "Weekly digest 33")
    page = curators.open(ADD_EVENT)
    page.locator("#id_title").fill("A strike")
    page.get_by_role("button", name="Put away").click()
    expect(page.get_by_text("No source is at hand now.")).to_be_visible()
    expect(page.locator("#id_title")).to_have_value("A strike")
    page.keyboard.press("Alt+Q")
    expect(page.locator("#id_citations-0-source + .select2 .select2-selection")).to_be_focused()


def test_all_keys_are_shown_and_tabs_turn(world, desk):
    curators = desk()
    curators.sign_in("curator")
    page = curators.open(ADD_EVENT)
    page.keyboard.press("Alt+K")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_have_count(0)
    page.keyboard.press("Alt+PageDown")
    expect(page.locator("#participations-group")).to_be_visible()
    page.keyboard.press("Alt+PageUp")
    expect(page.locator("#id_title")).to_be_visible()


def test_arabic_runs_right_to_left_wherever_it_is_written(world, desk):
    curators = desk()
    curators.sign_in("curator")
    page = curators.open(ADD_EVENT)

    def runs(selector):
        return page.locator(selector).evaluate("one => getComputedStyle(one).direction")

    page.locator("#id_title").fill("سقوط القائم")
    page.locator("#id_summary").fill("دخل المسلحون المدينة")
    assert (runs("#id_title"), runs("#id_summary"), runs("#id_outcome")) == ("rtl", "rtl", "ltr")
    page.locator("#id_territory + .select2 .select2-selection").press("Enter")
    page.locator(".select2-search__field").fill("البوكمال")
    expect(page.locator(".select2-results__option--highlighted")).to_contain_text("Bukamal · البوكمال")
    assert runs(".select2-search__field") == "rtl"
    page.keyboard.press("Alt+Q")
    expect(page.locator("#id_territory")).not_to_have_value("")
    page.locator("#id_citations-0-quote").fill("دخل المسلحون المدينة")
    assert runs("#id_citations-0-quote") == "rtl"


# ---- A server that is slow.


class Unanswered:
    """Holds back what the page asks of matching addresses until ``answer``."""

    def __init__(self, page, addresses):
        self.kept, self.passes = [], False
        page.route(addresses, self._pass_or_keep)

    def _pass_or_keep(self, route):
        if self.passes:
            route.continue_()
        else:
            self.kept.append(route)

    def answer(self):
        """Lets through what was asked, and what will be."""
        self.passes = True
        while self.kept:
            self.kept.pop().continue_()


LOOK_UPS = re.compile("/admin/autocomplete/")


def test_look_ups_are_as_wide_as_their_fields_without_being_measured(world, desk):
    """To measure each of them while they are made would lay the whole page out as many times."""
    somebody = desk()
    somebody.sign_in("curator")
    page = somebody.open(ADD_EVENT)
    look_up = page.locator(".select2-container").first
    expect(look_up).to_have_attribute("style", re.compile(r"width: 100%"))
    by_sheet = "one => [one.offsetWidth, (one.style.width = '', one.offsetWidth)]"
    measured, left_to_the_sheet = look_up.evaluate(by_sheet)
    assert measured == left_to_the_sheet > 0


def test_what_is_typed_before_the_look_ups_answer_is_where_it_was_meant(world, desk):
    curators = desk()
    curators.sign_in("curator")
    page = curators.open(ADD_EVENT)
    keyboard = page.keyboard
    slow = Unanswered(page, LOOK_UPS)
    keyboard.type("Airstrike near Bukamal")
    for typed, key in [
        ("", "Tab"), ("2018-06-17", "Tab"), ("airs", "Tab"), ("bukamal", "Alt+I"), ("isra", "Alt+T"), ("kataib", "Alt+C"),
        ("kill", "Tab"), ("civ", "Tab"), ("52", "Alt+Q"), ("night", "Tab"), ("At night.", "Alt+S"), ("A villa.", "Alt+W"),
        ("digest", "Tab"), ("Fifty-two.", "Control+Enter"),
    ]:  # fmt: skip
        keyboard.type(typed)
        keyboard.press(key)
    expect(page.get_by_text("Looking up digest …")).to_be_visible()
    assert Event.objects.count() == 0
    slow.answer()
    expect(page.get_by_text("was added successfully")).to_be_visible()
    event = Event.objects.get()
    assert (event.title, event.date, event.kind, event.territory.slug) == (
        "Airstrike near Bukamal", "2018-06-17", "airstrike", "bukamal",
    )  # fmt: skip
    assert {(part.role, part.actor.slug) for part in event.participations.all()} == {
        ("initiator", "israel"), ("target", "kataib-hizballah"),
    }  # fmt: skip
    claim = event.casualties.get()
    assert (claim.kind, claim.whom, claim.best) == ("killed", "civilians", 52)
    assert [(one.source.slug, one.quote) for one in event.citations.order_by("number")] == [
        ("daily", "At night."), ("daily", "A villa."), ("weekly", "Fifty-two."),
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["Tab", "Enter", "Alt+Q"])
def test_answer_to_an_earlier_word_is_never_taken(world, desk, key):
    curators = desk()
    curators.sign_in("curator")
    page = curators.open(ADD_EVENT)
    page.keyboard.press("Alt+I")
    page.keyboard.type("isra")
    marked = page.locator(".select2-results__option--highlighted")
    expect(marked).to_contain_text("Israel")
    slow = Unanswered(page, LOOK_UPS)
    page.keyboard.press("Control+A")
    page.keyboard.type("kataib")
    expect(marked).to_contain_text("Israel")
    page.keyboard.press(key)
    actor = page.locator("#id_participations-0-actor")
    expect(actor).to_have_value("")
    slow.answer()
    expect(actor).to_have_value(str(Actor.objects.get(slug="kataib-hizballah").pk))
    expect(page.get_by_text("Looking up")).to_have_count(0)


def test_word_that_nothing_answers_is_not_lost_and_keeps_the_form_from_being_sent(world, desk):
    curators = desk()
    curators.sign_in("curator")
    page = curators.open(ADD_EVENT)
    page.keyboard.type("A strike")
    page.locator("#id_date").fill("2018-06-17")
    page.locator("#id_kind").select_option("airstrike")
    page.locator("#id_territory + .select2 .select2-selection").focus()
    slow = Unanswered(page, LOOK_UPS)
    page.keyboard.type("timbuktu")
    page.keyboard.press("Alt+I")
    page.keyboard.type("isra")
    slow.answer()
    expect(page.get_by_text("Nothing answers “timbuktu”. Nothing was chosen.")).to_have_count(1)
    assert page.evaluate("document.activeElement.value") == "isra"
    page.keyboard.press("Control+Enter")
    box = page.locator(".select2-search__field")
    expect(box).to_be_focused()
    expect(box).to_have_value("timbuktu")
    assert Event.objects.count() == 0
    box.fill("bukamal")
    expect(page.locator(".select2-results__option--highlighted")).to_contain_text("Bukamal")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("was added successfully")).to_be_visible()
    event = Event.objects.get()
    assert (event.territory.slug, event.participations.get().actor.slug) == ("bukamal", "israel")


def test_cursor_is_where_a_new_row_begins_when_its_key_is_done(world, desk):
    curators = desk()
    curators.sign_in("curator")
    page = curators.open(ADD_EVENT)
    expect(page.locator("#id_title")).to_be_focused()
    # No frame is drawn and nothing waited for between the key and the question.
    press = """key => {
        const told = {key, code: `Key${key.toUpperCase()}`, altKey: true, bubbles: true, cancelable: true};
        document.activeElement.dispatchEvent(new KeyboardEvent("keydown", told));
        const field = document.activeElement.closest(".select2")?.previousElementSibling ?? document.activeElement;
        return field.id;
    }"""
    for key, field in [
        ("i", "id_participations-0-actor"), ("c", "id_casualties-0-kind"), ("q", "id_citations-0-source"),
        ("w", "id_citations-1-source"), ("l", "id_casualties-1-whom"),
    ]:  # fmt: skip
        assert page.evaluate(press, key) == field


def test_cursor_is_where_writing_begins_whatever_comes_late(world, desk):
    event = factories.EventFactory(title="Strike on the base", date="2018-06-17")
    curators = desk()
    page = curators.sign_in("curator")
    # The admin's script among them that puts the cursor into the first field whenever it comes.
    slow = Unanswered(page, re.compile(r"\.woff2$|/change_form\.js$"))
    page.goto(f"{curators.address}{ADD_EVENT}?again={event.pk}", wait_until="commit")
    expect(page.locator("#id_date")).to_be_focused()
    assert page.evaluate("document.readyState") == "interactive"
    page.keyboard.type("2018-06-24")
    page.keyboard.press("Alt+Q")
    source = page.locator("#id_citations-0-source + .select2 .select2-selection")
    expect(source).to_be_focused()
    slow.answer()
    page.wait_for_load_state()
    expect(source).to_be_focused()
    expect(page.locator("#id_date")).to_have_value("2018-06-24")
