"""`manage.py bench`: measure the speed that is promised."""

import json
import timeit
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from border.bench import beside, curve, desk, imports, links, memory, readers
from border.kernel.edtf import bounds
from border.links.weights import CHOSEN

DATES = [
    "2014",
    "2014-06",
    "2014-06-22",
    "196X",
    "2014-22",
    "1968~/2003",
    "2014-08-30~/2017-11",
    "2003/..",
    "2014-06-20/2014-06-22",
]
# What is measured of imports, by its name.
IMPORTS = {"imports": imports.figures, "imports-beside": beside.figures, "imports-memory": memory.figures}


class Command(BaseCommand):
    """Measure the speed that is promised, in one run, as ratios; prints a table and writes var/bench.json.

    Worlds of made-up events are built once in databases of their own beside this one, and kept. Whole requests go
    to the production server on loopback, each contender in turn.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """How much to measure."""
        parser.add_argument(
            "--events",
            type=int,
            nargs="+",
            default=list(readers.SIZES),
            help="Published events in each world of readers, in ten thousands (10000 100000 1000000).",
        )
        parser.add_argument(
            "--write-plans",
            action="store_true",
            help="Keep PostgreSQL's plans in the largest world in tests/golden/plans.json, in the place of those there.",
        )
        parser.add_argument(
            "--rounds", type=int, default=200, help="Counted requests of each contender (200)."
        )
        parser.add_argument(
            "--only",
            choices=["readers", "desk", "links", *IMPORTS],
            help="Measure what readers ask for only, or the pages of curators, or imports: how fast they are, what others "
            "notice of them, how much memory they take; or links between datasets.",
        )
        parser.add_argument(
            "--rows",
            type=int,
            default=100_000,
            help="Rows of the import (100000); memory is that of ten times as many.",
        )
        parser.add_argument(
            "--linked", type=int, default=20_000, help="Events of which twins are recognised (20000)."
        )
        parser.add_argument("--real", type=Path, help="A folder with releases of UCDP GED, to be linked too.")
        parser.add_argument(
            "--plot",
            type=Path,
            help="The folder in which to draw what a page costs (readers.svg) and the curves of links (links.svg).",
        )
        parser.add_argument("--fresh", action="store_true", help="Make the world anew.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the world if need be, measure, print and write."""
        rounds, events, fresh, plot = (options[name] for name in ("rounds", "events", "fresh", "plot"))
        measured: list[dict[str, Any]] = []
        if options["only"] in {None, "readers"}:
            drawn = plot / "readers.svg" if plot else None
            found = readers.figures(events, rounds, fresh=fresh, written=options["write_plans"], plot=drawn)
            measured += [*(figure(*one) for one in found), self._dates()]
        if options["only"] in {None, "desk"}:
            measured += self._desk(rounds, fresh=fresh)
        for name, figures in IMPORTS.items():
            if options["only"] in {None, name}:
                measured += [figure(*one) for one in figures(options["rows"], fresh=fresh)]
        if options["only"] in {None, "links"}:
            measured += self._links(options["linked"], options["real"], plot, fresh=fresh)
        self._told(measured)

    def _told(self, figures: list[dict[str, Any]]) -> None:
        """Print and write the figures. Raises CommandError when one of them is out of its bound."""
        wide = max(len(figure["name"]) for figure in figures)
        for figure in figures:
            bound = "" if figure["bound"] is None else f"at most {figure['bound']:g}"
            verdict = "" if figure["ok"] is None else ("ok" if figure["ok"] else "MISSED")
            self.stdout.write(
                f"{figure['name']:<{wide}}  {figure['value']:>9.3f} {figure['unit']:<6} {bound:<14} {verdict}"
            )
        path = Path(settings.BORDER_DATA) / "bench.json"
        path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
        self.stdout.write(f"Written to {path}")
        if any(figure["ok"] is False for figure in figures):
            raise CommandError("A promise is missed.")

    def _desk(self, rounds: int, *, fresh: bool) -> list[dict[str, Any]]:
        return [figure(name, value, "ms", bound) for name, value, bound in desk.figures(rounds, fresh=fresh)]

    def _links(
        self, events: int, real: Path | None, plot: Path | None, *, fresh: bool
    ) -> list[dict[str, Any]]:
        found = links.measured(events, real, fresh=fresh)
        if plot:
            (plot / "links.svg").write_text(curve.drawn(found, CHOSEN), encoding="utf-8")
        return [figure(*one) for one in links.figures(found, CHOSEN)]

    def _dates(self) -> dict[str, Any]:
        turns = 2000

        def read_all() -> None:
            for text in DATES:
                bounds(text)

        # The best of several: what others do on the machine only ever adds to it.
        best = min(timeit.repeat(read_all, number=turns, repeat=7))
        return figure("reading a date in EDTF, mean, best of 7", best * 1e6 / (turns * len(DATES)), "µs", 5.0)


def figure(name: str, value: float, unit: str, bound: float | None = None) -> dict[str, Any]:
    """One measured figure; ``ok`` says whether it keeps within its bound, None where there is none."""
    return {
        "name": name,
        "value": round(value, 4),
        "unit": unit,
        "bound": bound,
        "ok": None if bound is None else value <= bound,
    }
