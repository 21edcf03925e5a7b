"""The web process of a measurement."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "border.bench.settings"

from border.wsgi import application

__all__ = ["application"]
