"""To what area an import is narrowed."""

from typing import Any

from shapely import prepare, union_all
from shapely.geometry import Point, box, shape

from border.imports.formats import Spot
from territories.models import Outline, Territory


class UnknownArea(Exception):
    """The area is no territory with an outline and no box."""

    @property
    def problems(self) -> list[str]:
        """What is to be said to whoever asked for it."""
        return [str(self)]


class Area:
    """Everywhere, a box west,south,east,north, or a territory within its outlines."""

    def __init__(self, said: str) -> None:
        self._shape: Any = _shape(said) if said else None
        if self._shape is not None:
            prepare(self._shape)

    @property
    def is_narrow(self) -> bool:
        """Whether anything lies outside."""
        return self._shape is not None

    def holds(self, spot: Spot) -> bool:
        """Whether the coordinates that the file gives lie within; of a row without any, nobody knows, and it does."""
        if self._shape is None or spot.longitude is None or spot.latitude is None:
            return True
        return bool(self._shape.intersects(Point(spot.longitude, spot.latitude)))


def _shape(said: str) -> Any:
    if "," in said:
        try:
            west, south, east, north = map(float, said.split(","))
        except ValueError:
            raise UnknownArea(
                f'"{said}" is no box: write west,south,east,north, such as 40.5,34,41.5,35.'
            ) from None
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
            raise UnknownArea(
                f'"{said}" is no box on the earth: west lies before east, south before north, in degrees.'
            )
        return box(west, south, east, north)
    territory = Territory.objects.filter(slug=said).first()
    if territory is None:
        raise UnknownArea(f"There is no territory {said}. Name another, or a box west,south,east,north.")
    outlines = list(Outline.objects.filter(territory=territory).values_list("geometry", flat=True))
    if not outlines:
        raise UnknownArea(f"{said} has no outline to lie within: name a box west,south,east,north instead.")
    return union_all([shape(one) for one in outlines])
