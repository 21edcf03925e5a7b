"""The examples of docs/researchers.md, and a running site that they ask."""

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, connections

PAGE = Path(__file__).parents[2] / "docs" / "researchers.md"
DEMO = "http://127.0.0.1:8000"
EXAMPLE = re.compile(r"^```(\w+)\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", flags=re.MULTILINE | re.DOTALL)
# What runs one piece of Python after the other and says where each ends.
ONE_BY_ONE = """
import json, sys
names = {}
for piece in json.load(sys.stdin):
    exec(piece, names)
    print(END)
"""


class Quiet(WSGIRequestHandler):
    """Tells nobody what was asked."""

    def log_message(self, *args: Any) -> None:
        """Nothing."""


@contextmanager
def running() -> Iterator[str]:
    """The address of the site, whose server sees what the test does, which is in no other connection."""
    server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet)
    here = connections[connection.alias]

    def serve() -> None:
        connections[connection.alias] = here
        server.serve_forever(poll_interval=0.05)

    thread = threading.Thread(target=serve)
    here.inc_thread_sharing()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    with server:
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
            for signal in (request_started, request_finished):
                signal.connect(close_old_connections)
            here.dec_thread_sharing()


def asking(site: str, language: str) -> list[str]:
    """The examples in a language, which ask the site at this address."""
    found = EXAMPLE.findall(PAGE.read_text("utf-8"))
    return [code.replace(DEMO, site) for said, code, _ in found if said == language]


def shown(language: str) -> list[str]:
    """What stands below each of the examples in a language."""
    return [text for said, _, text in EXAMPLE.findall(PAGE.read_text("utf-8")) if said == language]


def compare(language: str, real: list[str]) -> None:
    """What examples print is what stands below them. GOLDEN=write writes it there instead, for a reviewer to read."""
    if os.environ.get("GOLDEN") == "write":
        told = iter(real)

        def renewed(example: re.Match[str]) -> str:
            if example[1] != language:
                return example[0]
            return f"```{language}\n{example[2]}```\n\n```text\n{next(told)}```\n"

        PAGE.write_text(EXAMPLE.sub(renewed, PAGE.read_text("utf-8")), "utf-8")
    assert shown(language) == real


def printed(*command: str, folder: Path, given: str = "") -> str:
    """What a program prints that must not fail."""
    done = subprocess.run(
        command, input=given, cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def program(name: str) -> str:
    """The path of a program; the test is skipped where it is not at hand."""
    found = shutil.which(name)
    if not found:
        pytest.skip(f"The examples for {name} cannot be run here: it is not on the PATH.")
    return found
