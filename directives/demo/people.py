"""Who is who in the demo world, and whose work is where."""

from directives.models import Assignment
from units.models import User

HEADS = {
    "VP": "chanhvanphong", "TTR": "chanhthanhtra", "KHTC": "truongphong.khtc", "KCHT": "truongphong",
    "QLCL": "truongphong.qlcl", "QLVT": "truongphong.qlvt", "CVDT": "giamdoc.cangvu", "BQLDA": "giamdoc.duan",
    "BQLBX": "giamdoc.benxe", "TTDK": "trungtam", "TTKT": "giamdoc.kythuat",
}  # fmt: skip


def person(username) -> User:
    return User.objects.get(username=username)


def assignments(directive):
    return Assignment.objects.filter(directive=directive).select_related("directive", "task", "unit")


def cell(directive, unit, task) -> Assignment:
    return assignments(directive).get(unit__code=f"SGTVT-{unit}", task__label=str(task))
