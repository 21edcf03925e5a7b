"""Whether the web process of this container answers: exit code 0 when it does."""

import os
import sys
import urllib.request

asked = urllib.request.Request(
    f"http://127.0.0.1:{os.environ.get('PORT') or '8000'}/healthz",
    headers={"Host": os.environ["ALLOWED_HOSTS"].split(",")[0], "X-Forwarded-Proto": "https"},
)
with urllib.request.urlopen(asked, timeout=4) as answer:  # noqa: S310 - our own address
    sys.exit(answer.status != 200)
