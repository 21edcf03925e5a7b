"""How gunicorn serves border, for `make demo` and in the container alike: `gunicorn --config deploy/web.py`."""

import os
from pathlib import Path

_host = os.environ.get("HOST") or "127.0.0.1"
_port = os.environ.get("PORT") or "8000"

wsgi_app = "border.wsgi:application"
bind = f"[{_host}]:{_port}" if ":" in _host else f"{_host}:{_port}"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
# A view waits for PostgreSQL most of its time: threads share the worker meanwhile.
worker_class = "gthread"
threads = 4
preload_app = True
timeout = 60
graceful_timeout = 20
# The heartbeat of the workers must not wait for a disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - gunicorn's files there have no name
# Nothing listens but the site itself.
control_socket_disable = True
# A question with many slugs makes a long address; a browser and a proxy allow this much.
limit_request_line = 8190
loglevel = "warning"


def when_ready(server: object) -> None:
    """Say that the site answers from now on."""
    shown = _host if _host not in {"0.0.0.0", "::"} else "localhost"  # noqa: S104 - a comparison
    print(f"Serving http://{f'[{shown}]' if ':' in shown else shown}:{_port}/ - Ctrl-C stops it.", flush=True)
