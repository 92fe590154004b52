"""Words of a synthetic province: names of units, titles of documents, texts of tasks.

Every function takes the `random.Random` it draws from, so that one seed always writes the same province.
"""

FIELDS = [
    "Kế hoạch - Tài chính", "Tổ chức - Hành chính", "Quản lý đô thị", "Quản lý vận tải", "Hạ tầng kỹ thuật", "An toàn giao thông",
    "Tài nguyên nước", "Quản lý đất đai", "Bảo vệ môi trường", "Chuyển đổi số", "Cải cách hành chính", "Giáo dục phổ thông",
    "Y tế dự phòng", "Bảo trợ xã hội", "Lao động - Việc làm", "Văn hóa cơ sở", "Quản lý công nghiệp", "Quản lý thương mại",
    "Phát triển nông thôn", "Phòng chống thiên tai", "Thủy lợi", "Lâm nghiệp", "Thống kê - Tổng hợp", "Pháp chế", "Đăng kiểm",
    "Giám định xây dựng", "Đấu thầu - Mua sắm", "Xúc tiến đầu tư", "Lưu trữ - Số hóa", "Kiểm soát thủ tục",
]  # fmt: skip
SYLLABLES = [
    "An", "Bình", "Cẩm", "Đông", "Hòa", "Long", "Minh", "Nam", "Ninh", "Phú",
    "Phước", "Quang", "Sơn", "Tân", "Tây", "Thanh", "Thịnh", "Vĩnh", "Xuân", "Yên",
]  # fmt: skip
ACTIONS = [
    "triển khai", "tăng cường", "chấn chỉnh", "rà soát", "đẩy nhanh tiến độ", "tổng kết",
    "kiểm tra", "tổ chức thực hiện", "nâng cao chất lượng", "báo cáo kết quả",
]  # fmt: skip
MATTERS = [
    "bảo trì công trình đường bộ", "giải ngân vốn đầu tư công", "số hóa hồ sơ lưu trữ", "phòng, chống cháy nổ nơi đông người",
    "cấp nước sạch nông thôn", "thu gom rác thải tại nguồn", "bảo đảm an toàn hồ chứa", "tuyển sinh đầu cấp", "tiêm chủng mở rộng",
    "hỗ trợ việc làm cho thanh niên", "giải quyết thủ tục hành chính trên môi trường mạng", "quản lý tài sản công",
    "thực hành tiết kiệm, chống lãng phí", "kiểm kê đất đai", "trồng cây chắn sóng", "quản lý bến thủy nội địa",
    "phát triển dữ liệu dùng chung", "xây dựng trường học an toàn", "chăm sóc người cao tuổi", "khôi phục sản xuất sau bão",
    "quản lý xe quá tải", "phát triển chợ dân sinh", "bảo vệ rừng đầu nguồn", "duy tu hệ thống chiếu sáng",
]  # fmt: skip
SCOPES = [
    "trên địa bàn tỉnh", "trong quý tới", "giai đoạn 2024 - 2028", "trước mùa mưa bão", "tại các xã ven biển", "ở các đơn vị trực thuộc",
    "theo kết luận của cuộc họp giao ban", "trong các dịp nghỉ lễ", "đối với các dự án chậm tiến độ", "tại các khu dân cư mới",
]  # fmt: skip
ORDERS = [
    "Rà soát, lập danh mục", "Xây dựng kế hoạch chi tiết về", "Phân công người phụ trách", "Kiểm tra thực tế việc",
    "Tổng hợp số liệu về", "Đề xuất giải pháp", "Bố trí kinh phí cho", "Hướng dẫn các đơn vị cơ sở về",
    "Hoàn thành việc", "Công khai kết quả",
]  # fmt: skip
PRODUCTS = ["báo cáo", "kế hoạch", "danh mục kèm số liệu", "tờ trình", "biên bản kiểm tra", "biểu tổng hợp"]
RESULT = "Đã hoàn thành theo yêu cầu; số liệu và hồ sơ gửi kèm."
SHORTCOMING = "Báo cáo chưa có số liệu của từng xã; đề nghị bổ sung."
DELAY = "Khối lượng phát sinh, cần thêm thời gian khảo sát."
NO_DEADLINE = "Văn bản không nêu thời hạn"
LISTED = "Các đơn vị trong danh sách kèm theo"
SIGNER = "Giám đốc"
CLERK, LEADER, MONITOR, HEAD = "Chuyên viên văn thư", "Giám đốc", "Chuyên viên theo dõi", "Thủ trưởng đơn vị"


def place(draw):
    return f"{draw.choice(SYLLABLES)} {draw.choice(SYLLABLES)}"


def office_name(draw):
    return f"Sở {draw.choice(FIELDS)} {place(draw)}"


def commune_name(draw):
    return f"Ủy ban nhân dân xã {place(draw)}"


def division_name(draw):
    return f"Phòng {draw.choice(FIELDS)} {place(draw)}"


def service_name(draw):
    return f"Trung tâm {draw.choice(FIELDS)} {place(draw)}"


def title(draw):
    return f"V/v {draw.choice(ACTIONS)} {draw.choice(MATTERS)} {draw.choice(SCOPES)}"


def task_text(draw):
    return f"{draw.choice(ORDERS)} {draw.choice(MATTERS)} {draw.choice(SCOPES)}."


def deliverable(draw):
    return f"{draw.choice(PRODUCTS).capitalize()} về {draw.choice(MATTERS)}"
