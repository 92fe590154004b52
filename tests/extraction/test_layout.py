"""Tables that only place things on the page are told by their words."""

import pytest

from directives.extraction.layout import Arrangement, arrangement

NATION = "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        ([["UBND XÃ ĐỒI CHÈ", "", NATION], ["Số: /KH-UBND", "", "Đồi Chè, ngày tháng năm 2026"]], Arrangement.BY_ROW),
        ([["ĐẢNG ỦY XÃ ĐỒI CHÈ\n*", "ĐẢNG CỘNG SẢN VIỆT NAM"]], Arrangement.BY_ROW),
        ([["Số: 5/UBND-VP", "Đồi Chè, ngày 5 tháng 6 năm 2026"], ["V/v mượn xe", ""]], Arrangement.BY_ROW),
        ([["Kính gửi:", "- Phòng Hạ tầng;\n- Đội Điện."], ["", ""]], Arrangement.BY_ROW),
        ([["Nơi nhận:\n- Như trên;", "KT. CHỦ TỊCH"], ["- Lưu: VT.", "Lò Văn Mẫu"]], Arrangement.BY_COLUMN),
        ([["T/M ĐẢNG ỦY\nBÍ THƯ", "CHỦ TỊCH"], ["Lò Văn Mẫu", "Vàng A Mẫu"]], Arrangement.BY_COLUMN),
        ([["một ô"], ["hai ô"]], Arrangement.BY_ROW),
        ([["TT", "Nhiệm vụ", "Chủ trì"], ["1", "Thay đèn", "Đội Điện"]], Arrangement.ROWS),
        ([["Tên", "Số lượng"], ["Đèn", "5"]], Arrangement.ROWS),
        ([["TT", "Nơi nhận"], *([str(n), "Đội Điện"] for n in range(20))], Arrangement.ROWS),
        ([], Arrangement.BY_ROW),
    ],
)  # fmt: skip
def test_arrangement(rows, read):
    assert arrangement(rows) is read
