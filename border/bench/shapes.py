"""What readers ask of the made-up world, common and rare: each shape once, by its name.

Each is asked as a whole request, and the plan of each statement that it takes is kept in tests/golden/plans.json.
Of a million events, town-1 has 56,000, town-9 has 3,500, and a late town a dozen; actor-1 has 60,000 and fights in the
years 2010 to 2012, actor-3 has 40,000 all the time, actor-10000 has 50; there are 500 coups.
"""

PERIOD = "from=2012-01-01&to=2016-12-31"

SHAPES: dict[str, str] = {
    # Who held what on a day.
    "authorities on a day": "authorities/?on=2015-06-01",
    "authorities on a day, surely": "authorities/?on=2015-06-01&date_match=certain&role=controls",
    "authorities on a day, in a town": "authorities/?on=2015-06-01&territory=town-9",
    "authorities on a day, in a district": "authorities/?on=2015-06-01&territory=district-2",
    "authorities on a day, in a wilayat": "authorities/?on=2015-06-01&territory=wilayat-3",
    "authorities on a day, in a country": "authorities/?on=2015-06-01&territory=country-1",
    "authorities on a day, around a town": "authorities/?on=2015-06-01&territory=town-9&territory_scope=covering",
    "authorities on a day, of an actor": "authorities/?on=2015-06-01&actor=actor-1",
    "authorities on a day, of a rare actor": "authorities/?on=2015-06-01&actor=actor-10000",
    "authorities in a window": f"authorities/?{PERIOD}&role=governs&ordering=-date",
    # Where, with all inside.
    "events in a busy town": f"events/?territory=town-1&{PERIOD}",
    "events in a quiet town": f"events/?territory=town-9&{PERIOD}",
    "events in a hamlet": f"events/?territory=town-20000&{PERIOD}",
    "events in a busy district": f"events/?territory=district-2&{PERIOD}",
    "events in a quiet district": f"events/?territory=district-200&{PERIOD}",
    "events in a governorate": f"events/?territory=governorate-3&{PERIOD}",
    "events in a quiet governorate": f"events/?territory=governorate-17&{PERIOD}",
    "events in a country": f"events/?territory=country-1&{PERIOD}",
    "events in a wilayat": f"events/?territory=wilayat-3&{PERIOD}",
    "events in a wilayat, ever": "events/?territory=wilayat-3",
    "events in a wilayat that is no more": "events/?territory=wilayat-3&from=2019-01-01",
    "events around a town": "events/?territory=town-9&territory_scope=covering",
    "events in two towns": f"events/?territory=town-9,town-12&{PERIOD}",
    "events out of a country": f"events/?territory=!country-1&{PERIOD}",
    "events in a quiet district, ever, latest first": "events/?territory=district-200&ordering=-date",
    "events in a district by slug": "events/?territory=district-2&ordering=slug",
    "events in a town by change": f"events/?territory=town-9&ordering=-changed&{PERIOD}",
    # On the map.
    "events in a box": f"events/?bbox=40.8,34.3,41.2,34.6&{PERIOD}",
    "events in a small box": "events/?bbox=40.80,34.30,40.82,34.32",
    "events in a wide box": "events/?bbox=38,30,46,37&ordering=-date",
    "events in an empty box": f"events/?bbox=10,10,11,11&{PERIOD}",
    "events near a point": f"events/?near=40.99,34.38&within_km=10&{PERIOD}",
    "places in a box": "territories/?bbox=40.8,34.3,41.2,34.6",
    # Who, what, by whom.
    "events of a common actor": "events/?actor=actor-3",
    "events of a common actor in a window": f"events/?actor=actor-3&{PERIOD}",
    "events of a common actor before its time": "events/?actor=actor-1&from=2004-01-01&to=2008-12-31",
    "events of a rare actor": "events/?actor=actor-10000",
    "events of a rare actor, latest first": "events/?actor=actor-10000&ordering=-date",
    "events of a rare actor by slug in a window": f"events/?actor=actor-10000&ordering=slug&{PERIOD}",
    "events of an actor on a side": f"events/?actor=actor-30&role=side_b&{PERIOD}",
    "events of a common kind": f"events/?kind=airstrike&{PERIOD}",
    "events of a rare kind": "events/?kind=coup",
    "events of a rare kind in a window": f"events/?kind=coup&{PERIOD}",
    "events of a rare kind in a town": "events/?kind=coup&territory=town-1",
    "events of several kinds": f"events/?kind=coup,raid&{PERIOD}",
    "contested events": "events/?contested=true",
    "contested events in a window, latest first": f"events/?contested=true&ordering=-date&{PERIOD}",
    "contested events of an actor": "events/?contested=true&actor=actor-30",
    "contested events in a town": f"events/?contested=true&territory=town-9&{PERIOD}",
    "events of a common source": f"events/?source=source-1&{PERIOD}",
    "events of a rare source": "events/?source=source-4000",
    "events of a dataset": "events/?dataset=ucdp-ged&ordering=-date",
    "disputed events": f"events/?stance=disputes&{PERIOD}",
    "events on a day": "events/?on=2015-06-01",
    "events on a day, surely": "events/?on=2015-06-01&date_match=certain",
    "events of a year, some fields": "events/?from=2015&to=2015&fields=slug,date,territory",
    "events late, latest first": "events/?from=2022-06-01&ordering=-date",
    "events by words": "events/?q=convoy+qaim",
    "events by a common word": "events/?q=battle",
    "events by a word of most": f"events/?q=ground&{PERIOD}",
    "events without a word": "events/?q=-raid&territory=town-9",
    "places by name": "territories/?q=qaim",
    "actors by name": "actors/?q=kataib",
    "one event": "events/event-0005000/",
    # By name, in either script, right and wrong, whole and unfinished.
    "search for a place": "search/?q=Al-Qaim",
    "search for a place, misspelt": "search/?q=el+kaim",
    "search for a place in Arabic": "search/?q=القائم",
    "search for an actor": "search/?q=Kata'ib+Hizballah&endpoint=actors",
    "search for an event": "search/?q=Battle+of+Qaim",
    "search for a common word": "search/?q=raid",
    "search for an unfinished word": "search/?q=buka",
    "search for nothing we know": "search/?q=zzghx",
}
# Tables of the made-up world that nothing a reader asks for may go through row by row.
LARGE = (
    "published_events",
    "published_authorities",
    "published_territories",
    "published_containments",
    "published_actors",
    "published_name",
    "published_entry",
)
