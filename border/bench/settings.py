"""The site's settings, with the rivals beside the API."""

from border.settings import *  # noqa: F403

ROOT_URLCONF = "border.bench.urls"
# Questions are counted as on any site; these are more than one reader may ask.
API_RATE = 1_000_000
