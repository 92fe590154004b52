"""Refusals: what a verb raises when it will not do what was asked.

Each carries a sentence for the person; one middleware turns it into a message or a page.
"""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not a failure of the program
    """The base of all refusals. `status` is the HTTP status of an answer that is nothing else."""

    status = 422
    default_sentence = _("Không thực hiện được yêu cầu này.")
    # The names of files that came with what was refused and wait for the next attempt.
    kept_files: Sequence[str] = ()

    def __init__(self, sentence=None):
        self.sentence = sentence or self.default_sentence
        super().__init__(str(self.sentence))


class NotAllowed(Refused):
    status = 403
    default_sentence = _("Anh chị không có quyền làm việc này.")


class WrongState(Refused):
    status = 409
    default_sentence = _("Việc này không làm được ở tình trạng hiện tại.")


class Stale(Refused):
    status = 409
    default_sentence = _("Người khác vừa thay đổi mục này. Hãy tải lại trang rồi làm tiếp.")


class Incomplete(Refused):
    """Something is missing. `fields` maps a field's name to its sentence."""

    default_sentence = _("Còn thiếu thông tin.")

    def __init__(self, sentence=None, *, fields=None):
        self.fields = fields or {}
        super().__init__(sentence or next(iter(self.fields.values()), None))
