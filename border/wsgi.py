"""The web process: it runs as the database's app role, never as its owner."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "border.settings")
os.environ.setdefault("BORDER_DB_ROLE", "app")

site = get_wsgi_application()

# Only now, when Django is set up; and before the workers part, who share the memory in which questions are counted.
from border.api.unchanged import Unchanged  # noqa: E402
from border.api.watching import Watch  # noqa: E402

application = Unchanged(site, Watch().newest)

# What is loaded by now is never garbage: it is not gone through again in the middle of a long page, and the workers go
# on sharing its memory. A long page makes some 100,000 objects; little of that is garbage before its end.
gc.collect()
gc.freeze()
gc.set_threshold(100_000, 10, 10)
