"""Units an item orders, in the words of the item: who leads, and with whom.

A unit phrase begins with the name of a kind of office and ends at the first small-letter verb: names are
capitalised ("Sở Kế hoạch và Đầu tư"), verbs are not ("… chủ trì, phối hợp với …").
"""

import re
from collections.abc import Callable, Collection

from units.naming import fold

from .text import Source, squeeze

ASSIGNS = re.compile(
    r"(?<!\w)(?:[Gg]iao|GIAO|[Yy]êu cầu|[Đđ]ề nghị|[Pp]hân công|[Uu]ỷ quyền cho|[Ủủ]y quyền cho)\s{0,3}:?\s{1,60}"
)
_HEADS = (
    "bộ|sở|ban(?! hành)|[uủ][yỷ] ban|ubnd|ubmttq|hđnd|hội đồng|văn phòng|cục|tổng cục|chi cục|vụ|viện|phòng(?!,? (?:ngừa|chống))|trung tâm|trường(?! hợp)"
    "|công an|thanh tra|báo(?! cáo)|đài|cổng|hội(?! nghị| thảo| nhập)|hiệp hội|công ty|tổng công ty|tập đoàn|bệnh viện|đảng [uủ][yỷ]|đảng đoàn|đảng bộ"
    "|tỉnh [uủ][yỷ]|thành [uủ][yỷ]|huyện [uủ][yỷ]|thị [uủ][yỷ]|quân [uủ][yỷ]|chi bộ|cấp [uủ][yỷ]|tổ(?! chức)|tổ chức(?=,| đảng| có | chính trị)|đoàn"
    "|liên minh|liên đoàn|liên hiệp|mặt trận|(?:phó )?(?:tổng )?giám đốc|thủ trưởng|(?:phó )?chủ tịch|bí thư|chánh|hiệu trưởng|bộ trưởng|thứ trưởng|cục trưởng"
    "|vụ trưởng|trưởng|thủ tướng|thường trực|kho bạc|ngân hàng|bảo hiểm|bưu điện|thuế|hải quan|t[oò][aà] án|viện kiểm sát|quân khu|lực lượng|cơ quan|đơn vị"
    "|địa phương|thông tấn xã|thành viên|kiểm toán|doanh nghiệp|chính phủ|quốc hội|lãnh đạo(?=\\s\\S)(?! chỉ| và|,)|người đứng đầu|quản lý thị trường|hạt kiểm lâm"
    "|đội|các ngành|ngành|chính quyền|công đoàn|tạp chí|xã(?! hội)|phường|huyện"
)
_HEAD = re.compile(rf"(?:{_HEADS})\b", re.IGNORECASE)
_COLLECTIVE = re.compile(r"(?:các(?: cấp)?|toàn thể|những|mọi|tất cả các)\s", re.IGNORECASE)
_VERBS = (
    "chủ trì|phối hợp|tham mưu|tổ chức(?!,| đảng| chính trị| xã hội| có | liên quan| nghiên cứu| hoạt động| quốc tế| kinh tế| đoàn thể| hữu quan)"
    "|triển khai|thực hiện|xây dựng|rà soát|chỉ đạo|hướng dẫn|bảo đảm|đảm bảo|nâng cao|kiểm tra|theo dõi|đôn đốc|tổng hợp|báo cáo|tiếp tục|khẩn trương"
    "|tập trung|phát huy|quán triệt|tuyên truyền|phổ biến|bố trí|lập|đề xuất|cân đối|hoàn thiện|hoàn thành|thành lập|kiện toàn|cung cấp|quản lý"
    "|phát triển|đầu tư|đào tạo|bồi dưỡng|thường xuyên|kịp thời|nghiêm túc|cử|ban hành|tạo điều kiện|phân công|khuyến khích|ứng dụng|thống kê|chuẩn bị"
    "|xử lý|giải quyết|hỗ trợ|tiếp nhận|đăng tải|đăng|chấp hành|chuyển|nghiên cứu|cụ thể hóa|cụ thể hoá|lãnh đạo|xem xét|có trách nhiệm|chịu trách nhiệm"
    "|căn cứ|gửi|phản ánh|trình|tham gia|thông báo|trang bị|niêm yết|công bố|phê duyệt|điều chỉnh|tích cực|thẩm định|áp dụng|bổ sung|đánh giá|thu hồi"
    "|vận hành|thiết lập|là|theo|trên cơ sở|để|không|phải|cần|sẽ|được|đã|có ý kiến|có kế hoạch|có biện pháp|trong|tùy|tuỳ|tự|đồng thời|chủ động"
    "|tăng cường|tăng|đẩy mạnh|giúp|tìm kiếm|họp|ký|với|khi|nếu|nhằm|duy trì|giám sát|giao|yêu cầu|đề nghị|mở|vận động|quyết định|đưa|xác định|đổi mới|lưu ý"
    "|quy định|chú trọng|nắm|thi hành|liên hệ|tiếp thu|giải trình|có văn bản|treo|làm|đấu mối|thống nhất|xác minh|tiến hành|phân bổ|rút kinh nghiệm|hằng năm"
    "|hàng năm|định kỳ|trước ngày|tại|từ|về|quan tâm|đẩy nhanh|khắc phục|ngoài|đồng chí|thông qua|chấm dứt|công khai|kiến nghị|mở lớp|biên soạn|thí điểm|kêu gọi"
    "|phân luồng|phân loại|tuần tra|xử phạt|bảo vệ|vận chuyển|khảo sát|lấy ý kiến|thu thập|nộp|mua sắm|thanh toán|quyết toán|ký kết|trả lời|cập nhật"
    "|di dời|thu gom|sửa chữa|bàn giao|ứng phó|tính toán|lựa chọn|trao đổi|giới thiệu|ưu tiên|tập huấn|xúc tiến|mời|sắp xếp|thẩm tra|góp ý|tuyển dụng|cấp phép"
    "|chuyển đổi|số hóa|số hoá|nhân rộng|lồng ghép|hoàn trả|giải phóng|phòng ngừa|ngăn chặn|đấu tranh|chấn chỉnh|rút|tiếp xúc|tiếp công dân|tổng kết|sơ kết"
)
_BOUNDARY = re.compile(
    rf"(?<![\w-])(?:{_VERBS})(?![\w-])|[.(:]|\n\s{{0,60}}[-+*]\s|\n[ \t]*\n", re.IGNORECASE
)
_DUTY_OF = re.compile(r"Trách nhiệm của\s{1,60}")
_SENT_TO = re.compile(r"(?:gửi|phản ánh|báo cáo)[^.;\n]{0,60}?\svề\s{1,60}(?=[A-ZĐỦ])")
_CLAUSE = re.compile(r",\s{1,60}")
_WITH = re.compile(
    r"(?<!\w)[Pp]hối\s{1,60}hợp(?:\s{1,60}(?:chặt\s{1,60}chẽ|tốt))?\s{1,60}(?:với|cùng)\s{1,60}(?:các\s{1,60}cơ\s{1,60}quan\s{1,60}liên\s{1,60}quan\s{1,60}như:\s{1,60})?"
)
_CLOSING_LEAD = re.compile(
    r"(?:đơn vị|cơ quan) chủ trì\s{0,3}:\s{0,3}(?P<lead>[^;.\n]{2,200})", re.IGNORECASE
)
_CLOSING_WITH = re.compile(
    r"(?:đơn vị|cơ quan) phối hợp\s{0,3}:\s{0,3}(?P<with>[^;.\n]{2,200})", re.IGNORECASE
)
_LISTED_KIND = re.compile(
    r"(?:[Cc]ác\s)?(?P<kind>bộ|sở|hội|cục|vụ|phòng|ban|Bộ|Sở|Hội|Cục|Vụ|Phòng|Ban)\s?:\s"
)
_SMALL_UNIT = re.compile(r"chính quyền|cơ quan (?:có )?(?:liên quan|chức năng)")
_SEPARATOR = re.compile(r"\s*[,;]\s+(?:và\s+)?|\s+và\s+")
_PHRASE = 420
_LOOK = 1200


class Units:
    """Finds unit phrases; `names` are the folded names of units already known to the office."""

    def __init__(self, names: Collection[str] = ()):
        self._known = frozenset(key for name in names if (key := fold(name)))
        self._longest = max((len(key.split()) for key in self._known), default=0)

    def opens(self, text: str) -> bool:
        """Whether the words begin with an office, a post, or a group of them."""
        text = text[:160].lstrip(" \"'“")
        collective = _COLLECTIVE.match(text)
        if _HEAD.match(text, collective.end() if collective else 0):
            return True
        words = fold(text).split() if self._known else []
        return any(" ".join(words[:n]) in self._known for n in range(1, self._longest + 1))

    def leads(self, source: Source, start: int, end: int) -> tuple[str, ...]:
        """The units ordered between two offsets; empty when the item names none. Linear in a bounded stretch."""
        stop = min(end, start + _LOOK)
        if named := _CLOSING_LEAD.search(source.text, start, end):
            return split_units(named["lead"])
        if self.opens(source.text[start : start + 200]) and not self._speaks(source, start, stop):
            phrase = self._phrase(source, start, stop)
            return split_units(phrase) if phrase else ()
        if duty := _DUTY_OF.match(source.text, start, stop):
            return split_units(
                re.split(r"[.:;]", source.text[duty.end() : min(stop, duty.end() + _PHRASE)])[0]
            )
        for found in ASSIGNS.finditer(source.text, start, stop):
            if self.opens(source.text[found.end() : found.end() + 200]) and (
                phrase := self._phrase(source, found.end(), stop)
            ):
                return split_units(phrase)
        return ()

    def _speaks(self, source: Source, start: int, stop: int) -> bool:
        """The sentence opens with the office that orders: "Chủ tịch UBND tỉnh yêu cầu các Sở …"."""
        subject = len(self._phrase(source, start, stop))
        order = ASSIGNS.search(source.text, start, min(stop, start + subject + 20))
        return order is not None and self.opens(source.text[order.end() : order.end() + 200])

    def coordinating(self, source: Source, start: int, end: int) -> tuple[str, ...]:
        """The units named as phối hợp between two offsets. Linear in a bounded stretch."""
        if named := _CLOSING_WITH.search(source.text, start, end):
            return split_units(named["with"])
        stop = min(end, start + _LOOK)
        for found in _WITH.finditer(source.text, start, stop):
            phrase = self._phrase(source, found.end(), stop)
            if phrase and self.opens(source.text[found.end() : found.end() + 200]):
                return split_units(phrase)
        return ()

    def subject(self, source: Source, start: int, end: int) -> tuple[str, ...]:
        """The unit an unnumbered sentence speaks of after its opening clauses: "Nếu có vướng mắc, các đơn vị …"."""
        for clause in _CLAUSE.finditer(source.text, start, min(end, start + 300)):
            if self.opens(source.text[clause.end() : clause.end() + 200]):
                return split_units(self._phrase(source, clause.end(), end))
        return ()

    def receiving(self, source: Source, start: int, end: int) -> tuple[str, ...]:
        """The unit that collects what is asked for: "… phản ánh về Sở …". Linear in a bounded stretch."""
        found = _SENT_TO.search(source.text, start, min(end, start + _LOOK))
        return (
            split_units(self._phrase(source, found.end(), end))
            if found and self.opens(source.text[found.end() : found.end() + 200])
            else ()
        )

    def _phrase(self, source: Source, start: int, stop: int) -> str:
        """From a unit's first word to the verb, bracket or sentence end after it."""
        stop = min(stop, start + _PHRASE)
        listed = _LISTED_KIND.match(source.text, start, stop)
        skip = listed.end() if listed else start
        for boundary in _BOUNDARY.finditer(source.text, skip, stop):
            if boundary.start() > start and self._ends_phrase(source, boundary, skip):
                stop = boundary.start()
                break
        return squeeze(source.text[start:stop]).rstrip(" ,;.:/").removesuffix(" và").rstrip(" ,;")

    def _ends_phrase(self, source: Source, boundary: re.Match[str], start: int) -> bool:
        """A verb set small, or opening a line; not a word of a name ("Phòng Quản lý …", "cơ quan quản lý")."""
        first = source.text[boundary.start()]
        if not first.isalpha():
            return True
        before = source.text[max(start, boundary.start() - 62) : boundary.start()]
        if first.isupper():
            return "\n" in before[len(before.rstrip()) :] and not before.rstrip().endswith((",", " và"))
        named = " ".join(before.lower().split()).endswith(_NAME_GOES_ON)
        return not named or boundary.group().lower() in ("chủ trì", "phối hợp")


# "cơ quan quản lý", "ban chỉ đạo": the verb is part of what the office is called.
_NAME_GOES_ON = ("ban", "tổ", "cơ quan", "chuyên trách", "lực lượng", "đội", "viện", "đơn vị quản")


def split_units(phrase: str) -> tuple[str, ...]:
    """ "Sở A, Sở B và các đơn vị" into units; "các sở, ban, ngành" stays whole; "các Bộ: A, B" gets its word back."""
    phrase = squeeze(phrase).strip(" ,;.:")
    if listed := _LISTED_KIND.match(phrase):
        kind = listed["kind"].capitalize()
        return tuple(_prefixed(kind, name) for name in _cut(phrase[listed.end() :], _starts_listed))
    return _cut(phrase, _starts_unit)


def _cut(phrase: str, starts: Callable[[str, str], bool]) -> tuple[str, ...]:
    units: list[str] = []
    at = 0
    for gap in _SEPARATOR.finditer(phrase):
        if starts(phrase[gap.end() :], gap.group()):
            units.append(phrase[at : gap.start()])
            at = gap.end()
    units.append(phrase[at:])
    return tuple(unit for part in units if (unit := part.strip(" ,;.:")))


def _starts_unit(rest: str, gap: str) -> bool:
    if not rest:
        return False
    if _SMALL_UNIT.match(rest):
        return True
    if rest.startswith(("các ", "Các ")) and not re.match(
        r"các (?:sở|ban|bộ|ngành|xã|huyện|phường)\b(?!,| )", rest
    ):
        return True
    return rest[0].isupper() and bool(_HEAD.match(rest)) or ";" in gap


def _starts_listed(rest: str, gap: str) -> bool:
    """Inside "các Sở: A, B và C": a comma parts, "và" only before an office ("Nông nghiệp và Môi trường")."""
    return bool(rest) and ("," in gap or ";" in gap or bool(_HEAD.match(rest)))


def _prefixed(kind: str, name: str) -> str:
    """ "Tài chính" after "các Sở:" is "Sở Tài chính"; "Hội Tin học", "Văn phòng …" keep their own word."""
    return name if _HEAD.match(name) and name != "Công an" else f"{kind} {name}"
