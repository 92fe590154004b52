"""Texts written for these tests, in the layouts that offices use."""

from pathlib import Path

SAMPLES = Path(__file__).parent.parent / "samples"
LETTER = (SAMPLES / "seed0.txt").read_text("utf-8")
ARTICLE = (SAMPLES / "seed4.txt").read_text("utf-8")

PARTY_PLAN = """\
TỈNH UỶ LÂM SƠN
BAN TUYÊN GIÁO
*
Số 18-KH/BTGTU
ĐẢNG CỘNG SẢN VIỆT NAM
Lâm Sơn, ngày 05 tháng 02 năm 2024

KẾ HOẠCH
thực hiện Chỉ thị số 12-CT/TU, ngày 03/01/2024 của Ban Thường vụ Tỉnh uỷ
về công tác tuyên truyền miệng
-----

- Căn cứ Quy định số 30-QĐ/TU, ngày 10/11/2023 của Ban Thường vụ Tỉnh uỷ về công tác báo cáo viên;

I- MỤC ĐÍCH, YÊU CẦU
1- Nâng cao chất lượng công tác tuyên truyền miệng.
II- NHIỆM VỤ CỤ THỂ
1- Tổ chức hội nghị báo cáo viên, cụ thể:
a) Phòng Tuyên truyền chủ trì, phối hợp với Văn phòng chuẩn bị tài liệu trước ngày 15/3/2024.
b) Văn phòng bố trí kinh phí và địa điểm.
2- Xây dựng đề cương tuyên truyền hằng quý.
III- TỔ CHỨC THỰC HIỆN
1- Các ban tuyên giáo huyện uỷ xây dựng kế hoạch thực hiện, báo cáo về Ban Tuyên giáo trong quý I/2024.

Nơi nhận:
- Thường trực Tỉnh uỷ (để báo cáo),
- Các ban tuyên giáo huyện uỷ (để thực hiện),
- Lưu Văn phòng Ban.

T/M BAN TUYÊN GIÁO
K/T TRƯỞNG BAN
PHÓ TRƯỞNG BAN

Trần Văn Mẫu
"""

DECISION = """\
ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH LÂM SƠN\tĐộc lập - Tự do - Hạnh phúc
Số: 07/QĐ-UBND\tLâm Sơn, ngày 09 tháng 01 năm 2024

QUYẾT ĐỊNH
Về việc kiện toàn Ban Chỉ đạo an toàn giao thông

CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LÂM SƠN

Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
Căn cứ Nghị định số 30/2020/NĐ-CP của Chính phủ ngày 05 tháng 3 năm 2020 về công tác văn thư;
Theo đề nghị của Giám đốc Sở Giao thông vận tải.

QUYẾT ĐỊNH:

Điều 1. Kiện toàn Ban Chỉ đạo an toàn giao thông tỉnh gồm các thành viên có tên trong danh sách kèm theo.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký, thay thế Quyết định số 99/QĐ-UBND ngày 02/02/2022 của Ủy ban nhân dân tỉnh.
Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc các sở và các đơn vị có liên quan chịu trách nhiệm thi hành Quyết định này./.

Nơi nhận:\tKT. CHỦ TỊCH
- Như Điều 3;\tPHÓ CHỦ TỊCH
- Bộ Giao thông vận tải (để b/c);
- Lưu: VT, GT.\tLê Thị Mẫu
"""

WIRE = """\
HỎA TỐC
UBND TỈNH LÂM SƠN
BAN CHỈ HUY PHÒNG THỦ DÂN SỰ
Số: 03/CĐ-BCH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lâm Sơn, ngày 12 tháng 9 năm 2024

CÔNG ĐIỆN
Về việc ứng phó mưa lũ

BAN CHỈ HUY PHÒNG THỦ DÂN SỰ TỈNH điện:
- Ủy ban nhân dân các huyện;
- Các sở, ban, ngành.

Để chủ động ứng phó mưa lũ, Ban Chỉ huy yêu cầu các đơn vị thực hiện:
1. Rà soát khu vực nguy cơ sạt lở, hoàn thành trước 17 giờ 00 ngày 13/9/2024.
2. Giao Sở Giao thông vận tải chủ trì, phối hợp với Công an tỉnh phân luồng giao thông.

Nơi nhận:
- Như trên;
- Lưu: VT.
TRƯỞNG BAN
Phạm Mẫu
"""

ANNEX = """\
SỞ XÂY DỰNG
Số: 21/KH-SXD
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lâm Sơn, ngày 02 tháng 5 năm 2024
KẾ HOẠCH
Cải cách hành chính năm 2024
I. MỤC TIÊU
1. Đến hết năm 2024 mọi hồ sơ được tiếp nhận trực tuyến.
II. TỔ CHỨC THỰC HIỆN
1. Văn phòng Sở theo dõi, đôn đốc thực hiện Kế hoạch này.
Nơi nhận:
- UBND tỉnh (B/c);
- Lưu: VT, VP.
GIÁM ĐỐC
Hồ Mẫu
PHỤ LỤC
TT | Nhiệm vụ | Sản phẩm | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành
1 | Rà soát thủ tục hành chính nội bộ của Sở | Quyết định công bố | Văn phòng Sở | Thanh tra Sở, các phòng chuyên môn | Quý II/2024
2 | Khảo sát mức độ hài lòng của người dân | Báo cáo | Thanh tra Sở; Văn phòng Sở |  | Thường xuyên
"""
ALL = (LETTER, ARTICLE, PARTY_PLAN, DECISION, WIRE, ANNEX)
