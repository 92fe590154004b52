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


@pytest.mark.parametrize(
    ("item", "leads", "coordinating"),
    [
        (
            "Phòng Cảnh sát giao thông phối hợp với Phòng Vận tải và An toàn giao thông phục vụ lễ.",
            ["Phòng Cảnh sát giao thông"],
            ["Phòng Vận tải và An toàn giao thông"],
        ),
        ("Các thôn: Tổ chức họp dân, thông báo đến từng hộ.", ["Các thôn"], []),
        ("Công tác cầu đường\nCác Khu Quản lý đường bộ chỉ đạo sửa chữa mặt đường.", ["Các Khu Quản lý đường bộ"], []),
        ("Tuyên truyền sâu rộng. Ban Tuyên giáo chủ trì, hướng dẫn báo chí.", ["Ban Tuyên giáo"], []),
        (
            "UBND các xã nhắc nhở người dân; Thủ trưởng các đơn vị chỉ đạo kiểm tra.",
            ["UBND các xã", "Thủ trưởng các đơn vị"],
            [],
        ),
        (
            "Đồng chí Lê Văn Mẫu, Phó Bí thư Đảng uỷ, Chủ tịch UBND xã trực tiếp chỉ đạo.",
            ["Đồng chí Lê Văn Mẫu, Phó Bí thư Đảng uỷ, Chủ tịch UBND xã"],
            [],
        ),
        ("Các phòng (trừ Thanh tra Sở, Văn phòng Sở) rà soát.", ["Các phòng (trừ Thanh tra Sở, Văn phòng Sở)"], []),
        ("Các phòng, trừ Thanh tra Sở, và các đơn vị rà soát.", ["Các phòng, trừ Thanh tra Sở", "các đơn vị"], []),
    ],
)  # fmt: skip
def test_whom_a_sentence_of_an_office_orders(item, leads, coordinating):
    (task,) = parse(LETTER + item).tasks
    assert (list(task.leads), list(task.coordinating)) == (leads, coordinating)
