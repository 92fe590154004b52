"""Texts in the shapes that mislead a reader: columns told line by line, pasted marks, a paper inside a paper, slips.

What is to be read of them is told elsewhere; here they are broken in every way.
"""

COLUMNS_INTERLEAVED = """\
UBND HUYỆN NAM LÂM                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
PHÒNG NÔNG NGHIỆP                          Độc lập - Tự do - Hạnh phúc
      -------                                   ---------------
Số:      /NN-KT                        Nam Lâm, ngày     tháng 8 năm 2025
V/v phòng, chống dịch bệnh
trên đàn vật nuôi vụ thu đông

           Kính gửi: - Ủy ban nhân dân các xã: Tân An, Tân Bình, Tân Hòa;
                     - Trạm Chăn nuôi (để phối hợp).
           Đồng kính gửi: Hội Nông dân huyện.

Thực hiện Công văn số: 277/SNN-CNTY ngày 04/8/2025, số 335/SNN-CNTY của Sở Nông nghiệp về tiêm phòng; căn
cứ Nghị định số 13/2020/NĐ-
CP, Phòng đề nghị các đơn vị:
- Rà soát tổng đàn, gửi danh sách chậm nhất ngày 15/8/2025.
- Giao Trạm Chăn nuôi chủ trì, phối hợp với UBND các xã (trừ Tân Hòa) tiêm phòng trong vòng 10 ngày làm việc.
a) Định kỳ ngày 20 hàng tháng báo cáo;
đ) Riêng xã Tân An hoàn thành trong Quý IV/2025.
2
Nhận được văn bản này, đề nghị các đơn vị triển khai thực hiện./.
Nơi nhận:                                            KT.TRƯỞNG PHÒNG
- Như trên;                                          PHÓ TRƯỞNG PHÒNG
- UBND huyện (để b/c);                                  (đã ký)
- Đ/c Hòa (PCT);
- Lưu VT, (3).25                                     Đinh Thị Mẫu
"""

PASTED_MARKS = """\
| **ĐẢNG UỶ XÃ TÂN AN** <br> \\* <br> Số 07 -CV/ĐU | **ĐẢNG CỘNG SẢN VIỆT NAM** <br> *Tân An, ngày 03 tháng 7 năm 2025* |
| --- | --- |

### CÔNG VĂN
**v/v: lấy ý kiến góp ý dự thảo Quy chế** 📌

Kính gửi:\u00a0Các chi bộ trực thuộc,

1\\. Các chi bộ thảo luận, góp ý bằng văn bản **trước 17 giờ 00 ngày 10/7/2025**;
2\\. Giao Văn phòng Đảng ủy tổng hợp;\u200b báo cáo Ban Thường vụ trong tháng 7 năm 2025.
\\- Đơn vị chủ trì: Văn phòng Đảng ủy; Đơn vị phối hợp: Ban Xây dựng Đảng, Ủy ban Kiểm tra.

| *Nơi nhận:* <br> - Như trên, <br> - Lưu VP. | **T/M ĐẢNG UỶ** <br> **K/T BÍ THƯ** <br> PHÓ BÍ THƯ <br> Hà Văn Mẫu |
"""

PAPER_IN_A_PAPER = """\
SỞ Y TẾ TỈNH LÂM SƠN
TRUNG TÂM KIỂM SOÁT BỆNH TẬT
Số: 15/QĐ-KSBT
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lâm Sơn, ngày 20 tháng 02 năm 2025
QUYẾT ĐỊNH
Ban hành Quy chế trực dịch
Căn cứ Luật Phòng, chống bệnh truyền nhiễm; Thông tư số 54/2015/TT-BYT1 ngày 28/12/2015;
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Quy chế trực dịch.
Điều 2. Quyết định có hiệu lực kể từ ngày ký.
GIÁM ĐỐC
(Đã ký)
Cao Thị Mẫu
QUY CHẾ
Trực dịch
(Ban hành kèm theo Quyết định số 15/QĐ-KSBT ngày 20/02/2025)
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi
1. Quy chế này quy định việc trực dịch. a) Ca ngày; b) Ca đêm.
Điều 2. Trách nhiệm
1. Các khoa, phòng cử người trực; gửi lịch trực trước ngày 25 hằng tháng.
1.1. Khoa Dược cấp phát vật tư theo thời gian tại khoản 1.
(2) Phòng Kế hoạch tổng hợp.
Phụ lục 1
MẪU BÁO CÁO
Kính gửi: ..................
Số:......./BC-...... ngày.... tháng.... năm......
1. Số ca:........
2. Nhận xét:........
Nơi nhận:
- Như Điều 3; - Lưu: VT.
Ký bởi: Trung tâm Kiểm soát bệnh tật  Thời gian ký: 20/02/2025 16:05:11 +07:00
"""

TABLE_OVER_PAGES = """\
KẾ HOẠCH SỐ 44/KH-UBND NGÀY 05/01/2026 CỦA UBND XÃ ĐỒI CHÈ VỀ XÂY DỰNG NÔNG THÔN MỚI
PHỤ LỤC PHÂN CÔNG NHIỆM VỤ
TT | Sản phẩm | Nội dung | Chủ trì | Phối hợp | Người phụ trách | Thời hạn
(1) | (2) | (3) | (4) | (5) | (6) | (7)
I | | Hạ tầng | | | |
1 | Báo cáo | Sửa đường
liên thôn | Ban Quản lý thôn Thượng Ban Quản lý thôn Hạ | Đội Điện; Công an xã | Ông Mẫu | 6/2026
 | Danh sách | Thay đèn | Đội Điện | | | Quý III, IV/2026, 2027
3
TT | Sản phẩm | Nội dung | Chủ trì | Phối hợp | Người phụ trách | Thời hạn
II.1 | | Văn hóa | | | |
1 | Kế hoạch | Tổ chức hội làng, gồm:
1. Phần lễ;
2. Phần hội. | Nhà văn hóa | các thôn | | 20h00 ngày 14/02/2026
2 | | Rà soát hộ nghèo | | | | Thường xuyên; 2025 - 2030
Tổng | 4 | | | | |
Chỉ tiêu | ĐVT | 2025 | 2026
Hộ nghèo | % | 4,1 | 3,2
"""

SLIPS_OF_A_SCAN = """\
ỦY BAN NHÂN DÂN           CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VỆT NAM
  XÃ TAN HOA              Đôc lập - Tự do - Hanh phúc
Số :0 9/TB-UBND.          Tân Hòa, ngày l2 tháng O3 năm 2o24
ĐẾN Số: 1998 Ngày: 15/3/2024 Chuyển: .......
THÔNG BAO
Kêt luận cua Chủ tịch tại cuộc hop giao ban
. Về giải phóng mặt bằng: Nhất trí với báo cáo; Giao Ban Quan lý dự án rà soát, hoàn thành trươc 3O/3/2024.
2, Về thu ngân sách: yêu cầu Chi cục Thuế [...] đôn đốc từ ngày 01/4/2024 đến hết ngày 30/4/2024.
4. Các ông, bà: Trưởng Công an xã, Trường Trạm Y tế chịu trách nhiệm.
Noi nhận: TM. ỦY BAN NHÂN DÂN TL. CHỦ TỊCH
- Bản điện tử: TT Đảng ủy (b.c); UBND huyện (để t/h, ph/h);
_______________
- Lưu VT.TH
"""

HEADING_IN_A_TABLE = """\
| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành |
| Số: 09/KH-STNMT | *Lâm Sơn, ngày 06 tháng 8 năm 2024* |
| 1. | Hoàn thiện dự thảo quy chế quản lý chất thải. | Phòng Môi trường | Thanh tra Sở | Tháng 8/2024 |
"""

SHAPES = {
    "columns interleaved": COLUMNS_INTERLEAVED,
    "pasted marks": PASTED_MARKS,
    "a paper in a paper": PAPER_IN_A_PAPER,
    "a table over pages": TABLE_OVER_PAGES,
    "slips of a scan": SLIPS_OF_A_SCAN,
    "heading in a table": HEADING_IN_A_TABLE,
}
