#!/usr/bin/env python
"""Django's command line for border: `.venv/bin/python manage.py help` lists the verbs."""

import os
import sys


def main() -> None:
    """Run the verb named on the command line; what is not set up is said in one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "border.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    from border.embedded import EmbeddedError

    try:
        execute_from_command_line(sys.argv)
    except (EmbeddedError, ImproperlyConfigured) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.stderr.write(
            "Stopped before it was done; what was begun was undone. Run it again when you like.\n"
        )
        sys.exit(130)


if __name__ == "__main__":
    main()
