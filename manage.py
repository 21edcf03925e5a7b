#!/usr/bin/env python
"""Django's command line for border: `.venv/bin/python manage.py help` lists the verbs."""

import os
import sys


def main() -> None:
    """Run the verb named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "border.settings")
    from django.core.management import execute_from_command_line

    from border.embedded import EmbeddedError

    try:
        execute_from_command_line(sys.argv)
    except EmbeddedError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
