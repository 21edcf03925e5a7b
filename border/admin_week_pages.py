"""The pages of what changed: this week on the desk, the weeks before as pictures, and the records behind each number."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from border import admin_weeks
from border.admin_desk import nouns
from border.admin_numbers import PER_PAGE, Number, address_of, answer, page_of
from border.publication.endpoints import ENDPOINTS, Endpoint, endpoint_of
from border.publication.models import Entry

# The bars of a chart, in the units of its picture.
CHART_WIDTH, CHART_HEIGHT, BAR = 520, 120, 16


def week(request: HttpRequest) -> HttpResponse:
    """What changed in the last seven days, and the weeks before as pictures."""
    seen = _endpoints(request)
    days = admin_weeks.week()
    counted = admin_weeks.by_person(seen, days)
    names = admin_weeks.people(set(counted))
    people = [
        {
            "name": names[who],
            "reviewed": Number(reviewed, _changes(days, who=who, reviewed="yes")),
            "unreviewed": Number(unreviewed, _changes(days, who=who, reviewed="no")),
        }
        for who, (reviewed, unreviewed) in counted.items()
    ]
    charts = []
    if seen:
        charts.append(
            _chart(
                "Worked on, by week",
                "Records changed, once for each person who changed them.",
                admin_weeks.by_week(seen),
                _changes,
            )
        )
    if admin.site._registry[Entry].has_view_permission(request):
        charts.append(
            _chart(
                "Published, by week",
                "Lines of the public ledger: records published, changed and taken back.",
                admin_weeks.published_by_week(),
                _entries,
            )
        )
    context = {"title": "This week", "days": days, "people": people, "charts": charts}
    return answer(request, "admin/desk_week.html", context)


def changes(request: HttpRequest) -> HttpResponse:
    """The records that somebody changed between two days, once for each person; ``who`` and ``reviewed`` narrow it."""
    days = admin_weeks.Days(
        _day(request, "first", admin_weeks.week().first), _day(request, "last", admin_weeks.week().last)
    )
    who = request.GET.get("who", "")
    asked = admin_weeks.Changes(
        _endpoints(request),
        days,
        who=int(who) if who.isdecimal() and len(who) < 10 else None,
        reviewed={"yes": True, "no": False}.get(request.GET.get("reviewed", "")),
    )
    page = page_of(request, asked.count())
    found = asked.part((page.number - 1) * PER_PAGE, PER_PAGE)
    names = admin_weeks.people([one.who for one in found])
    narrowed = [] if asked.who is None else admin_weeks.people([asked.who]).values()
    page.rows.extend(
        {
            "changed": one,
            "who": names[one.who],
            "noun": str(ENDPOINTS[one.endpoint].model._meta.verbose_name),
            "address": address_of(admin.site._registry[ENDPOINTS[one.endpoint].model], "change", one.pk),
        }
        for one in found
    )
    context = {
        "title": f"Changed, {days}",
        "who": "".join(narrowed),
        "reviewed": asked.reviewed,
        "page": page,
    }
    return answer(request, "admin/desk_changes.html", context)


def _endpoints(request: HttpRequest) -> list[Endpoint]:
    return [endpoint_of(shown.model) for shown in nouns(request)]


def _changes(days: admin_weeks.Days, **narrowed: Any) -> str:
    asked = {"first": days.first.isoformat(), "last": days.last.isoformat(), **narrowed}
    return f"{reverse('admin:desk_changes')}?{urlencode(asked)}"


def _entries(days: admin_weeks.Days) -> str:
    since, until = (f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in days.bounds().values())
    return f"{reverse('admin:publication_entry_changelist')}?{urlencode({'at__gte': since, 'at__lt': until})}"


def _chart(
    title: str, meaning: str, values: list[int], address: Callable[[admin_weeks.Days], str]
) -> dict[str, Any]:
    """A bar for each week, as high as its share of the highest."""
    highest = max(values) or 1
    step = CHART_WIDTH / len(values)
    bars = []
    for number, (days, count) in enumerate(zip(admin_weeks.weeks(), values, strict=True)):
        height = max(round(count / highest * CHART_HEIGHT), 2 if count else 0)
        bars.append(
            {
                "days": days,
                "number": Number(count, address(days)),
                "x": round(number * step + (step - BAR) / 2, 1),
                "middle": round((number + 0.5) * step, 1),
                "y": CHART_HEIGHT - height,
                "height": height,
            }
        )
    return {
        "title": title,
        "meaning": meaning,
        "bars": bars,
        "highest": max(values),
        "total": sum(values),
        "width": CHART_WIDTH,
        "height": CHART_HEIGHT,
        "bar": BAR,
    }


def _day(request: HttpRequest, name: str, otherwise: dt.date) -> dt.date:
    try:
        return dt.date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return otherwise
