"""One line of a table and what was found about it."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verdict(models.TextChoices):
    NEW = "new", _("mới")
    CHANGED = "changed", _("thay đổi")
    UNCHANGED = "unchanged", _("không đổi")
    BAD = "bad", _("lỗi")


@dataclass
class Line:
    """`data` holds the values understood so far; a fault is a sentence for the person who made the table."""

    table: str
    number: int
    key: str
    label: str
    data: dict[str, Any] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    known: bool = False
    # Of several rows of one person, the first says who it is.
    leads: bool = True
    makes_account: bool = False

    @property
    def verdict(self) -> Verdict:
        if self.faults:
            return Verdict.BAD
        if not self.known:
            return Verdict.NEW
        return Verdict.CHANGED if self.changes else Verdict.UNCHANGED

    @property
    def sentence(self) -> str:
        """What the person reads beside the verdict."""
        return " ".join(self.faults) or ", ".join(self.changes)
