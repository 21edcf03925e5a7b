"""A worker: takes jobs from the queue one after the other, until it is told to end."""

import asyncio
import os
import signal
from collections.abc import Callable

import psycopg
from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.worker import Worker

from border.jobs.progress import giving_up
from border.jobs.queue import SWEEP, WORK, recover
from border.jobs.running import run

ENDING = (signal.SIGINT, signal.SIGTERM)
# Whoever waits for a page comes first.
NICE = 10


class WorkerFailed(Exception):
    """The worker cannot go on: the database is gone, or not migrated."""


@app.task(name=WORK, queue=WORK)
def work(job: int) -> None:
    """Do a job."""
    print(run(job), flush=True)


@app.periodic(cron=f"* * * * * {settings.JOB_SWEEPS}")
@app.task(name=SWEEP, queue=SWEEP, queueing_lock=SWEEP)
def sweep(timestamp: int) -> None:
    """Take up again what the dead have left."""
    with transaction.atomic():
        found = recover(settings.JOB_STALLED_AFTER)
    for job in found:
        print(f"Job {job} was left undone by a worker that is gone; it is queued again.", flush=True)


def serve(ready: Callable[[], None]) -> None:
    """Work until SIGTERM or SIGINT, giving way to other processes; call ``ready`` when jobs are taken. Raises WorkerFailed.

    Told to end, it takes no further job. The one in hand has JOB_GRACE seconds to end, then it is given back at its next
    step; a second signal spares the seconds.
    """
    os.setpriority(os.PRIO_PROCESS, 0, max(NICE, os.getpriority(os.PRIO_PROCESS, 0)))
    try:
        asyncio.run(_serve(ready))
    except (ConnectorException, psycopg.OperationalError) as error:
        raise WorkerFailed(str(error)) from error
    for number in ENDING:  # it does end: a further signal cuts nothing short
        signal.signal(number, signal.SIG_IGN)


async def _serve(ready: Callable[[], None]) -> None:
    # To take and finish entries, and to give signs of life. The jobs themselves use Django's own connections.
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4)
    with app.replace_connector(connector):
        async with app.open_async():
            # Sweeps have a worker of their own: they must not wait for a job, least of all for one that hangs.
            workers = [_worker(WORK), _worker(SWEEP)]
            running = [asyncio.create_task(one.run()) for one in workers]
            await asyncio.sleep(0)  # only what runs can be stopped
            told_to_end = _on_signals(workers)
            ready()
            await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for one in workers:
                one.stop()
            became = await asyncio.gather(*running, return_exceptions=True)
    if not told_to_end():
        raise WorkerFailed(*[str(one) for one in became if isinstance(one, Exception)])


def _worker(queue: str) -> Worker:
    return Worker(
        app,
        queues=[queue],
        name=queue,
        install_signal_handlers=False,
        delete_jobs="always",
        # New entries are told at once; for those that are queued again it looks now and then.
        fetch_job_polling_interval=settings.JOB_HEARTBEAT / 2,
        update_heartbeat_interval=settings.JOB_HEARTBEAT,
        stalled_worker_timeout=settings.JOB_STALLED_AFTER,
        task_middleware=app.worker_defaults.get("task_middleware"),
    )


def _on_signals(workers: list[Worker]) -> Callable[[], bool]:
    """Have signals end the workers; the answer tells whether one came."""
    loop = asyncio.get_running_loop()
    came = asyncio.Event()

    def end() -> None:
        if came.is_set():
            giving_up.set()
            return
        came.set()
        loop.call_later(settings.JOB_GRACE, giving_up.set)
        # Not by cancelling their tasks: before Python 3.12 a cancellation gets lost now and then.
        for worker in workers:
            worker.stop()

    for number in ENDING:
        loop.add_signal_handler(number, end)
    return came.is_set
