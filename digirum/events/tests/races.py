"""Many clients at once, each with a connection of its own, all let go at the same moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from threading import Barrier, Thread

from django.db import DatabaseError, connection

from digirum.base.refusal import Refused

DONE = "done"


def race(acts: Sequence[Callable[[], object]]) -> Counter[str]:
    """Runs the acts in as many threads, and counts how they ended: done, the code of a refusal, or an error's name."""
    gate, ends = Barrier(len(acts)), []

    def client(act: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            gate.wait(60)
            act()
            ends.append(DONE)
        except Refused as refusal:
            ends.append(refusal.code)
        except DatabaseError as error:
            ends.append(type(error).__name__)
        finally:
            connection.close()

    threads = [Thread(target=client, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ends) == len(acts), "every client has ended"
    return Counter(ends)
