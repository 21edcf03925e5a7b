"""The web process of a measurement."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "border.bench.settings"
os.environ.setdefault("BORDER_DB_ROLE", "app")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
