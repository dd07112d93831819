"""``digirum worker``: the queue's own command with our worker, so that none can be started without a heartbeat."""

import logging
from typing import Any

from django_tasks_db.management.commands.db_worker import Command as QueueCommand

from digirum.base.worker import RoomWorker


class Command(QueueCommand):
    """Run tasks and recurring work until told to stop."""

    help = "Run tasks from the queue, and the recurring work of the rooms."

    def configure_logging(self, verbosity: int) -> None:
        """Leaves logs as settings say, in JSON; the queue's chatter only when asked for."""
        level = logging.DEBUG if verbosity > 1 else logging.WARNING
        for name in ("django_tasks_db", "django.tasks"):
            logging.getLogger(name).setLevel(level)

    def handle(self, *, queue_name: str, exclude_queues: str, **options: Any) -> None:
        """Starts the worker and stays with it."""
        self.configure_logging(options["verbosity"])
        worker = RoomWorker(
            queue_names=queue_name.split(","),
            excluded_queue_names=exclude_queues.split(",") if exclude_queues else [],
            interval=options["interval"],
            batch=options["batch"],
            backend_name=options["backend_name"],
            startup_delay=options["startup_delay"],
            max_tasks=options["max_tasks"],
            worker_id=options["worker_id"],
        )
        worker.configure_signals()
        worker.run()
