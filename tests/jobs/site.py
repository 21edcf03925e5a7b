"""The settings of the workers that the tests start: those of the site, with the tests' own work and less patience.

A worker is declared dead after two seconds. In a site that would have the slow ones done twice.
"""

from border.settings import *  # noqa: F403

JOB_MODULES = ["tests.jobs.work"]
JOB_HEARTBEAT, JOB_STALLED_AFTER, JOB_SWEEPS = 0.5, 2, "*"
JOB_GRACE = 0.5
