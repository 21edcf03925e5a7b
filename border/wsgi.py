"""The web process: it runs as the database's app role, never as its owner."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "border.settings")
os.environ.setdefault("BORDER_DB_ROLE", "app")

application = get_wsgi_application()
