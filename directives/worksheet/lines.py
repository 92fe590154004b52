"""One row of the table and what will become of it."""

from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from directives.models import Assignment


class Act(models.TextChoices):
    REPORT = "report", _("báo cáo hoàn thành")
    NOTE = "note", _("ghi tiến độ")
    NOTHING = "nothing", _("để nguyên")
    BAD = "bad", _("chưa nhận")


@dataclass
class Line:
    """`faults` are sentences for the person who filled the row in; with one, the row is left out.

    A `percent` that says what the table was written with (`taken`) says nothing: meanwhile more may have been told.
    """

    number: int
    key: int | None = None
    code: str = ""
    label: str = ""
    text: str = ""
    percent: int | None = None
    taken: int | None = None
    obstacle: str = ""
    done: bool = False
    document: str = ""
    dated_on: date | None = None
    addressed_to: str = ""
    faults: list[str] = field(default_factory=list)
    work: Assignment | None = None

    def __post_init__(self):
        if self.percent == self.taken:
            self.percent = None

    @property
    def act(self) -> Act:
        if self.faults:
            return Act.BAD
        if self.done:
            return Act.REPORT
        return Act.NOTE if self.says_something else Act.NOTHING

    @property
    def says_something(self) -> bool:
        """Whether a progress note has anything new to say: the per cent came filled in with what is known."""
        known = getattr(self.work, "percent", None)
        return bool(self.text or self.obstacle) or (self.percent is not None and self.percent != known)
