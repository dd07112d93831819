"""Many at once: threads that start together, each with a database connection of its own."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connection


def race[T](clients: int, act: Callable[[int], T]) -> list[T | Exception]:
    """What ``act(number)`` returned or raised for each of so many clients that begin at the same moment."""
    barrier, outcome = Barrier(clients), dict[int, T | Exception]()

    def client(number: int) -> None:
        try:
            barrier.wait()
            outcome[number] = act(number)
        except Exception as error:  # noqa: BLE001 - what went wrong is the outcome
            outcome[number] = error
        finally:
            connection.close()

    threads = [Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [outcome[number] for number in range(clients)]
