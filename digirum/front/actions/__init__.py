"""What is done in front."""

from digirum.front.actions.picture import keep_picture, remove_picture
from digirum.front.actions.remark import dispose_of_old_remarks, make_remark
from digirum.front.actions.task import retry_task

__all__ = ["dispose_of_old_remarks", "keep_picture", "make_remark", "remove_picture", "retry_task"]
