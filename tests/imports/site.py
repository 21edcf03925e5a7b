"""The settings of the workers that are killed: those of the site, with less patience."""

from tests.jobs.site import *  # noqa: F403

JOB_MODULES = ["border.imports.jobs"]
