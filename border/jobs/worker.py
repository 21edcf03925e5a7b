"""A worker: takes jobs from the queue one after the other, until it is told to end."""

import asyncio
import signal
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from border.jobs.progress import giving_up
from border.jobs.queue import SWEEP, WORK, recover
from border.jobs.running import run


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
    """Work until SIGTERM or SIGINT; call ``ready`` when jobs are taken. Raises WorkerFailed.

    Told to end, it takes no further job. The one in hand has JOB_GRACE seconds to end, then it is given back at its next
    step; a second signal spares the seconds.
    """
    asyncio.run(_serve(ready))


async def _serve(ready: Callable[[], None]) -> None:
    # To take and finish entries, and to give signs of life. The jobs themselves use Django's own connections.
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4)
    with app.replace_connector(connector):
        async with app.open_async():
            # Sweeps have a worker of their own: they must not wait for a job, least of all for one that hangs.
            workers = [asyncio.create_task(_take(queue)) for queue in (WORK, SWEEP)]
            told_to_end = _on_signals(workers)
            ready()
            await asyncio.wait(workers, return_when=asyncio.FIRST_COMPLETED)
            if not told_to_end():
                for worker in workers:
                    worker.cancel()
            became = await asyncio.gather(*workers, return_exceptions=True)
    if not told_to_end():
        raise WorkerFailed(*[str(one) for one in became if isinstance(one, Exception)])


async def _take(queue: str) -> None:
    await app.run_worker_async(
        queues=[queue],
        name=queue,
        install_signal_handlers=False,
        delete_jobs="always",
        # New entries are told at once; for those that are queued again it looks now and then.
        fetch_job_polling_interval=settings.JOB_HEARTBEAT / 2,
        update_heartbeat_interval=settings.JOB_HEARTBEAT,
        stalled_worker_timeout=settings.JOB_STALLED_AFTER,
    )


def _on_signals(workers: list["asyncio.Task[None]"]) -> Callable[[], bool]:
    """Have signals end the workers; the answer tells whether one came."""
    loop = asyncio.get_running_loop()
    came = asyncio.Event()

    def end() -> None:
        if came.is_set():
            giving_up.set()
            return
        came.set()
        loop.call_later(settings.JOB_GRACE, giving_up.set)
        for worker in workers:
            worker.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, end)
    return came.is_set
