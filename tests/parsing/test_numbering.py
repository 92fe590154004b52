"""Which lines open a numbered item."""

from directives.parsing import parse

PLAN = "Số: 12/KH-SVHTT\nKẾ HOẠCH\nTriển khai công tác năm 2025\n\nKính gửi: Các phòng chuyên môn.\n\n"


def test_a_list_goes_on_past_ninety_nine():
    lines = [f"{n}. Phòng Kế hoạch báo cáo kết quả thực hiện việc số {n}." for n in range(1, 131)]
    tasks = parse(PLAN + "\n".join(lines)).tasks
    assert [task.label for task in tasks] == [str(n) for n in range(1, 131)]


def test_a_year_and_an_amount_open_no_item():
    lines = [
        "1. Phòng Kế hoạch lập dự toán kinh phí cả năm",
        "2025. Số tiền đề nghị là 3 tỷ đồng.",
        "2. Phòng Tài chính thẩm định, trình trước ngày 30/6/2025.",
    ]
    assert [task.label for task in parse(PLAN + "\n".join(lines)).tasks] == ["1", "2"]
