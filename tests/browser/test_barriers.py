"""No page has a barrier that axe can find, in either colour scheme, on a desk or on a phone."""

from pathlib import Path

import pghistory
import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from border.admin import OWN
from border.admin_base import RecordAdmin
from border.admin_desk import QUESTIONS
from border.curation.merging import merge
from border.curation.models import Comment
from border.imports.choices import Answer
from border.imports.deciding import Said, decide, latest
from border.imports.models import ActorReading, PlaceReading
from border.imports.reading import read
from border.imports.writing import write
from border.links.deciding import judge, link
from border.links.looking import look
from border.publication import operations
from border.publication.endpoints import ENDPOINTS
from events.models import Event
from tests import factories as make
from tests.imports import invented
from tests.imports.invented import town

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "reader"]),
]

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = (1280, 400)
# Of the rules, those that a narrow screen may break where a wide one did not, and that of colours.
LAYOUT = ["target-size", "scrollable-region-focusable"]
COLOURS = ["color-contrast"]
# What is found is all that is asked about: to describe what is right as well takes half of the time. Of what lies beside
# the page the rules look at sound and pictures that move, and would copy all style sheets too.
REPORT = {"resultTypes": ["violations"], "preload": {"assets": ["media"]}}
# What stands beside each page of somebody's, always the same.
FRAME = "#nav-sidebar"
# Shows what stands under every tab of a form at once; answers how many were hidden.
OPEN_ALL_TABS = """() => {
    const hidden = [...document.querySelectorAll("form [x-show^=activeTab]")].filter(one => one.style.display === "none");
    hidden.forEach(one => one.style.removeProperty("display"));
    return hidden.length;
}"""
NOUNS = sorted(
    (model for model, shown in admin.site._registry.items() if isinstance(shown, RecordAdmin)),
    key=lambda model: model._meta.label,
)


def filled(model):
    """A record of ``model`` with a row of each kind that its form shows."""
    record = make.FACTORIES[model]()
    for rows in admin.site._registry[model].inlines:
        owners = [field.name for field in rows.model._meta.fields if field.related_model is model]
        make.FACTORIES[rows.model](**{rows.fk_name or owners[0]: record})
    return record


def list_of(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


class Eyes:
    """Somebody at the site who looks at each page on a desk, in light and in dark, and on a phone, and keeps what is wrong."""

    def __init__(self, one):
        self.one = one
        # What each page begins with is kept compiled.
        one.page.add_init_script(AXE)
        self.found = {}
        # Whether the frame was looked at, and by every rule on a phone.
        self.framed = False

    def at(self, path, *, narrow=True):
        self.one.open(path)
        self.examine(path, narrow=narrow)

    def at_error(self, path, status):
        """A page that the browser itself complains of, since it is a refusal."""
        before = len(self.one.problems)
        assert self.one.page.goto(self.one.address + path).status == status
        self.examine(path)
        del self.one.problems[before:]

    def examine(self, where, *, narrow=True):
        """``narrow``: on a phone in the dark, too."""
        page = self.one.page
        page.wait_for_load_state("load")
        desk, phone = WIDTHS
        layout = {"type": "rule", "values": LAYOUT + COLOURS} if self.framed else LEVELS
        # The scheme changes colours and nothing else: on the phone it is dark, so that one look is for both.
        for width, dark, asked in ((phone, True, layout),) * narrow + ((desk, False, LEVELS),):
            self.turn(width, dark=dark)
            self.axe(f"{where} at {width}{', dark' if dark else ''}", {"runOnly": asked})
            if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
                self.found[f"{where} at {width}"] = "wider than the screen"
        self.framed = self.framed or page.locator(FRAME).count() > 0

    def turn(self, width, *, dark):
        """To a screen so wide, in the dark or the light."""
        self.one.page.set_viewport_size({"width": width, "height": 800})
        self.one.page.evaluate("dark => document.documentElement.classList.toggle('dark', dark)", dark)

    def axe(self, where, asked):
        looked_at = {"exclude": [FRAME]} if self.framed else {}
        for rule in self.one.page.evaluate(
            "([where, asked]) => axe.run({include: [document], ...where}, asked)",
            [looked_at, asked | REPORT],
        )["violations"]:
            for node in rule["nodes"]:
                self.found.setdefault(f"{rule['id']}: {node['html'][:160]}", where)


@pytest.fixture
def eyes(desk):
    return Eyes(desk())


def test_axe_finds_nothing_on_the_desk_and_the_pages_of_people(person, eyes):
    chief, event = person("admin"), filled(Event)
    make.BatchFactory()
    make.TokenFactory(owner=chief)
    Comment.objects.create(
        endpoint="events", slug=event.slug, text="By whom?", author=make.UserFactory(), addressee=chief
    )
    eyes.at("/admin/login/")
    page = eyes.one.sign_in_at_the_door("admin")
    page.wait_for_selector("text=Worked on, by week")
    page.wait_for_selector("text=What should be")
    for more in page.locator("summary").all():
        more.click()
    eyes.examine("the desk")
    for path in (
        "desk/all/",
        "desk/comments/",
        "desk/changes/",
        "desk/audits/records_uncited/",
        "auth/user/",
        "auth/user/add/",
        f"auth/user/{make.UserFactory().pk}/change/",
        f"auth/group/{Group.objects.get(name='curator').pk}/change/",
        "sources/batch/",
        "publication/entry/",
        "password_change/",
        "tokens/",
        "tokens/add/",
    ):
        eyes.at(f"/admin/{path}")
    page.get_by_label("What for").fill("لوحة")
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_label("Token", exact=True)).to_be_focused()
    eyes.examine("a new token")
    eyes.at_error("/admin/nowhere/", 404)
    assert eyes.found == {}


def test_axe_finds_nothing_on_the_pages_of_everybody(eyes):
    town = make.TerritoryFactory(slug="qaim-town", name="Al-Qa'im town")
    make.TerritoryNameFactory(record=town, text="القائم", language="ar")
    operations.publish(town, by=make.UserFactory(), reason="Good.")
    page = eyes.one.page
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        for path in ("/", "/?q=zzzz", "/releases/", "/api/v1/codebook/"):
            eyes.at(path)
    page.get_by_role("banner").get_by_role("link", name="border").click()
    page.get_by_label("A name, in any spelling or script").fill("القايم")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Al-Qa'im town")).to_have_attribute(
        "href", "/api/v1/territories/qaim-town/"
    )
    expect(page.get_by_text("also called القائم")).to_be_visible()
    eyes.examine("what was found")
    page.emulate_media(color_scheme="null")
    assert eyes.found == {}


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.__name__)
def test_axe_finds_nothing_on_the_pages_of_a_noun(model, person, eyes):
    person("admin")
    record, address = filled(model), list_of(model)
    page = eyes.one.sign_in("admin")
    eyes.at(address, narrow=model in OWN)  # the lists of others have nothing else to be narrow or dark
    if model in OWN:  # the empty form of others has nothing that theirs with rows has not
        eyes.at(f"{address}add/")
    eyes.one.open(f"{address}{record.pk}/change/")
    assert page.evaluate(OPEN_ALL_TABS) == len(admin.site._registry[model].inlines)
    eyes.examine(f"{address}{record.pk}/change/")
    assert eyes.found == {}


def test_axe_finds_nothing_where_events_are_narrowed_moved_and_exchanged(person, eyes):
    person("admin")
    event = filled(Event)
    page = eyes.one.sign_in("admin")
    eyes.at("/admin/events/event/?o=2.3")
    page.get_by_role("button", name="Filters").click()
    eyes.examine("the filters of events")
    for path in (
        f"{event.pk}/history/",
        f"{event.pk}/delete/",
        f"move/submit/?ids={event.pk}",
        f"move/publish/?ids={event.pk}",
        "import/",
        "export/",
    ):
        eyes.at(f"/admin/events/event/{path}")
    assert eyes.found == {}


def test_axe_finds_nothing_under_the_mouse_nor_where_rows_are_chosen(person, eyes, monkeypatch):
    monkeypatch.setattr(admin.site._registry[Event], "list_per_page", 1)
    make.EventFactory.create_batch(2)
    person("admin")
    page = eyes.one.sign_in("admin")
    eyes.one.open("/admin/events/event/")
    for width in WIDTHS:
        for dark in (True, False):
            eyes.turn(width, dark=dark)
            page.get_by_role("button", name="Filters").hover()
            eyes.axe(f"the button of filters at {width}, dark: {dark}", {"runOnly": COLOURS})
    page.mouse.move(0, 0)
    page.locator("#action-toggle").check()
    eyes.examine("a list with its rows chosen")
    page.locator("#changelist-actions .question a").click()
    eyes.examine("a list with the rows of all its pages chosen")
    assert eyes.found == {}


@pytest.fixture
def reviewed(person):
    """An event that readers know, changed since by an import, commented on, and asked to be published anew."""
    curator, reviewer, batch = person("curator"), person("reviewer"), make.BatchFactory()
    with pghistory.context(user=curator.pk, via="admin"):
        event = filled(Event)
    records = [one for endpoint in ENDPOINTS.values() for one in endpoint.model.objects.all()]
    operations.publish(*records, by=reviewer, reason="Checked.")
    with pghistory.context(user=curator.pk, via="load", batch=batch.pk):
        event.title, event.summary = "Qa'im falls", "سقطت مدينة القائم."
        event.save()
        make.CasualtyFactory(event=event)
    Comment.objects.create(
        endpoint="events",
        slug=event.slug,
        field="title",
        text="بأي مصدر؟",
        author=reviewer,
        addressee=curator,
    )
    return event, batch, curator


def test_axe_finds_nothing_where_records_are_reviewed_and_taken_back(reviewed, person, eyes):
    event, batch, curator = reviewed
    person("admin")
    changes = event.pgh_event_model.objects.filter(pgh_obj_id=event.pk).order_by("pgh_id")
    made, changed = changes.first().pgh_id, changes.last().pgh_id
    eyes.one.sign_in("admin")
    for path in (
        "change/",
        "review/",
        "comments/",
        "history/",
        f"history/{made}/",
        f"history/{changed}/change/",
        f"history/{made}/back/",
        "split/",
    ):
        eyes.at(f"/admin/events/event/{event.pk}/{path}")
    for path in ("change/", "history/", "review/", "undo/"):
        eyes.at(f"/admin/sources/batch/{batch.pk}/{path}")
    for path in ("publication/review/", f"auth/user/{curator.pk}/changes/", "password_change/done/"):
        eyes.at(f"/admin/{path}")
    assert eyes.found == {}


def test_axe_finds_nothing_where_two_records_are_one(person, eyes):
    person("admin")
    kept, dropped, third = (
        make.ActorFactory(name="Islamic State", name_ar=name, slug=f"is-{number}")
        for number, name in enumerate(["", "داعش", "الدولة"])
    )
    make.ParticipationFactory(actor=dropped)
    operations.publish(kept, third, by=make.UserFactory(), reason="Checked.")
    merged = merge(kept=kept, dropped=third, by=make.UserFactory(), reason="One and the same.")
    apart = make.DifferentFactory()
    eyes.one.sign_in("admin")
    for path in (
        "actors/actor/duplicates/",
        f"actors/actor/{dropped.pk}/same/",
        f"actors/actor/{dropped.pk}/merge/?with={kept.pk}",
        f"actors/actor/{dropped.pk}/split/",
        f"actors/actor/{third.pk}/change/",
        f"curation/merge/{merged.pk}/change/",
        f"curation/merge/{merged.pk}/step/undo/",
        f"curation/merge/{merged.pk}/step/publish/",
        "curation/merge/",
        f"curation/different/{apart.pk}/change/",
    ):
        eyes.at(f"/admin/{path}")
    assert eyes.found == {}


def test_axe_finds_nothing_where_events_of_datasets_are_linked(person, eyes):
    curator = person("curator")
    person("admin")
    ours, ucdp, acled, other = (
        make.EventFactory(
            title=title, date="2015-03-01", latitude="34.45", longitude="40.92", uncertainty_m=2000
        )
        for title in ("غارة على نقطة تفتيش", "Battle, Bukamal", "Battle, Al Bukamal", "Shelling")
    )
    for event, dataset in ((ucdp, "UCDP GED"), (acled, "ACLED"), (other, "ACLED")):
        make.ParticipationFactory(event=event)
        make.ExternalRecordFactory(
            release=make.SourceFactory(kind="dataset", dataset=dataset, version="1"), event=event
        )
    look()
    made = link(0.01, by=curator, reason="To be looked at.")
    judge(ours, ucdp, "same", by=curator)
    judge(ours, acled, "same", by=curator)
    judge(ucdp, acled, "different", by=curator)
    eyes.one.sign_in("admin")
    for path in ("", "?territory=nowhere", "above/", "contradictions/", f"linking/{made.pk}/"):
        eyes.at(f"/admin/links/{path}")
    eyes.at(f"/admin/events/event/{ours.pk}/change/")
    assert eyes.found == {}


def test_axe_finds_nothing_where_records_are_listed_and_changed_together(person, eyes):
    person("admin")
    for number in range(2):
        make.EventFactory(title=f"غارة {number}")
    page = eyes.one.sign_in("admin")
    eyes.at("/admin/events/event/?q=غارة")
    page.get_by_text("Save this list").click()
    eyes.examine("a list that is being saved")
    page.get_by_label("Name").fill("غارات")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="غارات")).to_have_attribute("aria-current", "page")
    eyes.examine("a saved list")
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option("change_selected")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("heading", name="Edit 2 events together")).to_be_visible()
    eyes.examine("what is set together")
    page.locator("#id_confidence").select_option("low")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("status").filter(has_text="2 would change.")).to_be_visible()
    eyes.examine("what would be changed together")
    for question in QUESTIONS:
        eyes.at(f"/admin/desk/{question}/")
    assert eyes.found == {}


def test_axe_finds_nothing_where_words_of_two_people_meet_or_a_session_has_ended(person, eyes):
    person("admin")
    event = make.EventFactory(title="Qa'im falls", outcome="")
    page = eyes.one.sign_in("admin")
    eyes.one.open(f"/admin/events/event/{event.pk}/change/")
    page.locator("#id_title").fill("سقوط القائم")
    event.title, event.outcome = "Qa'im and Rutba fall", "Open."
    event.save()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("button", name="Save what is chosen")).to_be_visible()
    eyes.examine("two people's words")

    eyes.one.open(f"/admin/events/event/{event.pk}/change/")
    page.locator("#id_title").fill("سقوط القائم")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("what you typed is not lost")).to_be_visible()
    eyes.one.problems.pop()
    eyes.examine("signing in again")
    assert eyes.found == {}


def test_axe_finds_nothing_where_somebody_waits_for_work(person, eyes):
    chief, now = person("admin"), timezone.now()
    about = "استيراد قاعدة بيانات الأحداث: events.csv"
    for done, total in ((0, None), (1200, 5000)):
        running = make.JobFactory(
            about=about, asked_by=chief, state="running", started_at=now, done=done, total=total, unit="rows"
        )
    over = {"started_at": now, "finished_at": now, "about": about}
    failed = make.JobFactory(state="failed", message="Line 2: there is no such place.\nالسطر ٣", **over)
    make.JobFactory(state="done", message="5,000 rows are written.", **over)
    make.JobFactory(state="cancelled", **over)
    eyes.one.sign_in("admin")
    for path in ("jobs/", f"jobs/{running.pk}/", f"jobs/{failed.pk}/", f"jobs/{make.JobFactory().pk}/"):
        eyes.at(f"/admin/{path}")
    assert eyes.found == {}


def test_axe_finds_nothing_where_something_is_refused_or_goes_wrong(person, eyes, monkeypatch):
    person("curator")
    eyes.one.sign_in("curator")
    eyes.at_error("/admin/auth/user/", 403)
    monkeypatch.setattr("border.admin_desk_pages.desk", None)
    eyes.at_error("/admin/", 500)
    assert eyes.found == {}


def test_axe_finds_nothing_where_datasets_are_taken_in(person, eyes, tmp_path):
    person("admin")
    rows = [
        town(),
        town(id="900002", side_b="جيش الوهم", side_b_new_id="777"),
        town(id="900003", best="many"),
    ]
    make.TerritoryFactory(slug="syria", kind="country", name="Syria", countries=["SY"])
    path = tmp_path / "ged231.csv"
    path.write_bytes(invented.file(invented.GED, rows))
    write(read(path, "ged231.csv"), by=None, why="New.", via="load")
    path.write_bytes(invented.file(invented.GED, [town(best="6"), *rows[1:]]))
    one = read(path, "قاعدة ged231.csv")
    written = make.ImportFactory(batch=make.BatchFactory(), state="written", counts={"new": 3})
    busy = make.ImportFactory(
        job=make.JobFactory(
            kind="import.read", state="running", started_at=timezone.now(), done=3, unit="rows"
        )
    )
    eyes.one.sign_in("admin")
    for where in (
        "",
        "add/",
        f"{one.pk}/",
        f"{one.pk}/rows/changed/",
        f"{one.pk}/rows/refused/",
        f"{written.pk}/",
        f"{busy.pk}/",
    ):
        eyes.at(f"/admin/imports/{where}")
    assert eyes.found == {}


def test_axe_finds_nothing_on_the_names_of_datasets(person, eyes, tmp_path):
    chief = person("admin")
    make.TerritoryFactory(slug="syria", kind="country", name="Syria", countries=["SY"])
    actor = make.ActorFactory(slug="shaitat", name="Shaitat", name_ar="الشعيطات")
    path = tmp_path / "ged231.csv"
    rows = [
        town(side_a="Sheitaat", side_a_new_id="777"),
        town(id="900002", side_b="جيش الوهم", side_b_new_id="778"),
    ]
    path.write_bytes(invented.file(invented.GED, rows))
    one = read(path, path.name)
    name, other = (ActorReading.objects.get(key=f"id {number}") for number in (777, 778))
    place = PlaceReading.objects.get()
    for said in (Said(Answer.THIS, (actor.pk,)), Said(Answer.LOOKED_UP), Said(Answer.NOBODY)):
        seen = {name.pk: getattr(latest(name), "pk", 0)}
        decide(ActorReading, {name.pk: said}, seen=seen, by=chief)
    eyes.one.sign_in("admin")
    for where in (
        "",
        f"?what=places&of={one.pk}",
        "?state=all",
        f"actors/{name.pk}/",
        f"actors/{other.pk}/",
        f"places/{place.pk}/",
        "apply/",
    ):
        eyes.at(f"/admin/imports/names/{where}")
    page = eyes.one.open("/admin/imports/names/?state=all")
    page.get_by_role("checkbox", name="of this list").check()
    page.get_by_label("Answer").select_option("nobody")
    page.get_by_role("button", name="See what that means").click()
    page.wait_for_url("**/together/")
    eyes.examine("names together")
    assert eyes.found == {}
