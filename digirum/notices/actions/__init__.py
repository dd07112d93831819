"""What is done with notices."""

from digirum.notices.actions.deliver import deliver_due, try_again
from digirum.notices.actions.dispose import dispose_of_old
from digirum.notices.actions.read import mark_all_read, mark_read, not_printed_here, print_for
from digirum.notices.actions.tell import tell

__all__ = [
    "deliver_due",
    "dispose_of_old",
    "mark_all_read",
    "mark_read",
    "not_printed_here",
    "print_for",
    "tell",
    "try_again",
]
