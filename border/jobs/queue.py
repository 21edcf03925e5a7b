"""The queue from which workers take jobs. A job that is not over has an entry in it, or is taken up again."""

from django.db import connection
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Job as Entry
from procrastinate.manager import JobManager

WORK, SWEEP = "work", "sweep"

# Entries in hand of a worker that is gone, or gave no sign of life for so long. A worker that was declared dead lost its
# row, and its entries the reference to it.
DEAD = """
SELECT e.id, e.args->>'job' AS job FROM procrastinate_jobs e LEFT JOIN procrastinate_workers w ON w.id = e.worker_id
WHERE e.status = 'doing' AND e.queue_name = %(queue)s
    AND (w.id IS NULL OR w.last_heartbeat < now() - %(seconds)s * interval '1 second')
FOR UPDATE OF e SKIP LOCKED
"""
AGAIN = f"""
WITH dead AS ({DEAD})
SELECT job::bigint FROM dead, procrastinate_retry_job_v2(dead.id, now(), NULL, NULL, NULL)
"""
BURY = f"DELETE FROM procrastinate_jobs WHERE id IN (WITH dead AS ({DEAD}) SELECT id FROM dead)"
LOST = """
SELECT j.id FROM jobs_job j WHERE j.state IN ('waiting', 'running') AND NOT EXISTS (
    SELECT FROM procrastinate_jobs e
    WHERE e.queue_name = %(queue)s AND e.status IN ('todo', 'doing') AND e.args->>'job' = j.id::text
)
FOR UPDATE OF j SKIP LOCKED
"""


def put(*jobs: int) -> None:
    """Queue the jobs of these keys, as part of the transaction of Django's own connection."""
    entries = [
        Entry(queue=WORK, task_name=WORK, task_kwargs={"job": job}, lock=None, queueing_lock=None)
        for job in jobs
    ]
    # A manager of our own: inside a worker that of the library has connections of its own.
    JobManager(DjangoConnector()).batch_defer_jobs(entries)


def recover(seconds: float) -> list[int]:
    """Queue again what no living worker has in hand, and answer which jobs that were.

    A worker lives that gave a sign of life in the last ``seconds``. To be called in a transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute(AGAIN, {"queue": WORK, "seconds": seconds})
        found = [job for (job,) in cursor.fetchall()]
        cursor.execute(BURY, {"queue": SWEEP, "seconds": seconds})
        cursor.execute(LOST, {"queue": WORK})
        lost = [job for (job,) in cursor.fetchall()]
    if lost:
        put(*lost)
    return found + lost
