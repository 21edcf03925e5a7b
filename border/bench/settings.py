"""The site's settings, with the rivals beside the API."""

from border.settings import *  # noqa: F403

ROOT_URLCONF = "border.bench.urls"
