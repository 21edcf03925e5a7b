"""The web process: it runs as the database's app role, never as its owner."""

import gc
import os

from django.core.wsgi import get_wsgi_application

import border.api.limits  # noqa: F401 - memory that the workers share, made before they part

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "border.settings")
os.environ.setdefault("BORDER_DB_ROLE", "app")

application = get_wsgi_application()

# What is loaded by now is never garbage: it is not gone through again in the middle of a long page, and the workers go
# on sharing its memory. A long page makes some 100,000 objects; little of that is garbage before its end.
gc.collect()
gc.freeze()
gc.set_threshold(100_000, 10, 10)
