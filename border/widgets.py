"""Form inputs that the browser completes: a point on a map, a date that says how it is read.

Each is a mixin that adds data attributes and media to any input, so that the inputs keep the look
of the form they stand in. Without JavaScript they are ordinary inputs and nothing is lost.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

BASE_MAP = "border/base.geojson"


class PointMap(forms.Widget):
    """What a page needs to show a point on our own base map."""

    class Media:
        css = {"all": ["border/vendor/leaflet.css", "border/map.css", "border/admin.css"]}
        js = ["border/vendor/leaflet.js", "border/point.js"]


class PointInput(PointMap):
    """Mixin for the longitude input of a form: a map under it sets longitude, latitude and uncertainty.

    ``latitude`` and ``uncertainty`` name the two other fields of the same form or inline row.
    The three belong in one fieldset row of their own; the map goes under that row.
    """

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        *,
        latitude: str = "latitude",
        uncertainty: str = "uncertainty_m",
    ) -> None:
        super().__init__({"step": "any", **(attrs or {})})
        self.latitude = latitude
        self.uncertainty = uncertainty

    def build_attrs(
        self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        return {
            **super().build_attrs(base_attrs, extra_attrs),
            "data-point": True,
            "data-point-latitude": self.latitude,
            "data-point-uncertainty": self.uncertainty,
            "data-point-base": static(BASE_MAP),
        }


class PointWidget(PointInput, forms.NumberInput):
    """The longitude of a point as an ordinary number input, with a map to see and pick the point."""


def point_picture(
    longitude: Decimal | float | None, latitude: Decimal | float | None, uncertainty_m: float | None = None
) -> SafeString:
    """A map that only shows: a pin with its circle of uncertainty, or an empty string when there is no point.

    For read-only pages, which also need the media of `PointMap`.
    """
    if longitude is None or latitude is None:
        return SafeString("")
    return format_html(
        '<div class="border-map" dir="ltr" data-point-map data-point-base="{}" data-longitude="{}" data-latitude="{}"'
        ' data-uncertainty="{}" role="group" aria-label="Map: longitude {}, latitude {}"></div>',
        static(BASE_MAP),
        longitude,
        latitude,
        "" if uncertainty_m is None else uncertainty_m,
        longitude,
        latitude,
    )


class EDTFInput(forms.Widget):
    """Mixin for a date or period input: under it stands how the text is understood.

    The answers come from the admin's own page ``admin:edtf``.
    """

    class Media:
        css = {"all": ["border/admin.css"]}
        js = ["border/edtf.js"]

    def build_attrs(
        self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        return {
            "dir": "ltr",
            "autocomplete": "off",
            "spellcheck": "false",
            **super().build_attrs(base_attrs, extra_attrs),
            "data-edtf": True,
            "data-edtf-url": reverse("admin:edtf"),
        }
