"""Whom an item orders, when a house calls its rooms by their initials."""

import pytest

from directives.parsing import parse

LETTER = "Số: 12/SGTVT-VP\nV/v triển khai nhiệm vụ\n\nKính gửi: Các phòng chuyên môn.\n\n1. "


@pytest.mark.parametrize(
    ("item", "leads", "coordinating"),
    [
        ("KHTC chủ trì xây dựng kế hoạch.", ["KHTC"], []),
        ("P. KHTC chủ trì, phối hợp với Phòng QLVT rà soát biển báo.", ["P. KHTC"], ["Phòng QLVT"]),
        ("Giao QLVT chủ trì tham mưu văn bản.", ["QLVT"], []),
        ("VP Sở chủ trì tổng hợp.", ["VP Sở"], []),
        ("TUYÊN TRUYỀN các quy định mới đến nhân dân.", [], []),
    ],
)
def test_initials_before_a_duty_are_a_unit(item, leads, coordinating):
    (task,) = parse(LETTER + item).tasks
    assert (list(task.leads), list(task.coordinating)) == (leads, coordinating)
