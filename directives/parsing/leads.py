"""Units an item orders, in the words of the item: who leads, and with whom.

A unit phrase begins with the name of a kind of office and ends at the first small-letter verb: names are
capitalised ("Sở Kế hoạch và Đầu tư"), verbs are not ("… chủ trì, phối hợp với …").
"""

import re
from collections.abc import Callable, Collection, Iterator

from units.naming import fold

from .left_out import WITHOUT
from .text import Source, squeeze

ASSIGNS = re.compile(
    r"(?<!\w)(?:[Gg]iao|GIAO|[Yy]êu cầu|[Đđ]ề nghị|[Pp]hân công|[Uu]ỷ quyền cho|[Ủủ]y quyền cho)\s{0,3}:?\s{1,60}(?:cho\s{1,3})?"
)
_HEADS = (
    "bộ(?! máy| chỉ số| tiêu chí| thủ tục| tài liệu| dữ liệu| công cụ| quy| mã)|sở(?! hữu)|ban(?! hành| đầu)|[uủ][yỷ] ban|ubnd|ubmttq|hđnd|hội đồng|văn phòng|cục(?! bộ)|tổng cục|chi cục|vụ(?! việc| án)|(?:học )?viện|phòng(?!,? (?:ngừa|chống))|trung tâm|trường(?! hợp)"
    "|công an|thanh tra|báo(?! cáo)|đài|cổng|hội(?! nghị| thảo| nhập)|hiệp hội|công ty|tổng công ty|tập đoàn|xí nghiệp|nhà máy|chi nhánh|bệnh viện|trạm|đảng [uủ][yỷ]|đảng đoàn|đảng bộ"
    "|tỉnh [uủ][yỷ]|thành [uủ][yỷ]|huyện [uủ][yỷ]|thị [uủ][yỷ]|quân [uủ][yỷ]|chi bộ|cấp [uủ][yỷ]|tỉnh đoàn|thành đoàn|huyện đoàn|khối(?! lượng)|tiểu ban|thôn(?!g)|đồng chí|đại biểu|[uủ][yỷ] viên|tổ(?! chức)|tổ chức(?=,| đảng| có | chính trị)|đoàn(?! kết)"
    "|liên minh|liên đoàn|liên hiệp|mặt trận|(?:phó )?(?:tổng )?giám đốc|thủ trưởng|(?:phó )?chủ tịch|bí thư|chánh|hiệu trưởng|bộ trưởng|thứ trưởng|cục trưởng"
    "|vụ trưởng|trưởng|(?:phó )?thủ tướng|phó trưởng|thường trực|kho bạc|ngân hàng|bảo hiểm|bưu điện|thuế|hải quan|t[oò][aà] án|viện kiểm sát|quân khu|khu quản lý|lực lượng|chủ rừng|cơ quan|đơn vị"
    "|địa phương|thông tấn xã|thành viên|kiểm toán|doanh nghiệp|chính phủ|quốc hội|lãnh đạo(?=\\s\\S)(?! chỉ| và|,)|người đứng đầu|quản lý thị trường|hạt kiểm lâm"
    "|đội|các ngành|ngành|tỉnh, thành|chính quyền|công đoàn|tạp chí|xã(?! hội)|phường|huyện|đặc khu|câu lạc bộ|bộ phận|nhà trường|chủ đầu tư|vu(?= )"
)
_HEAD = re.compile(rf"(?:{_HEADS})\b", re.IGNORECASE)
# "KHTC chủ trì …", "P. KHTC chủ trì …", "VP Sở chủ trì …": how the rooms of one house are called.
_INITIALS = re.compile(
    r"(?:P\. ?)?[A-ZĐ]{2,10}(?: Sở)?(?=\s{1,9}(?:chủ trì|phối hợp|tham mưu|tổng hợp|theo dõi|đôn đốc|báo cáo)\b)"
)
_COLLECTIVE = re.compile(r"(?:các(?: cấp(?! [uủ][yỷ]))?|toàn thể|những|mọi|tất cả các)\s", re.IGNORECASE)
_VERBS = (
    "chủ trì|phối hợp|tham mưu|tổ chức(?!,| đảng| chính trị| xã hội| có | liên quan| nghiên cứu| hoạt động| quốc tế| kinh tế| đoàn thể| hữu quan)"
    "|triển khai|thực hiện|xây dựng|rà soát|chỉ đạo|hướng dẫn|bảo đảm|đảm bảo|nâng cao|kiểm tra|theo dõi|đôn đốc|tổng hợp|báo cáo|tiếp tục|khẩn trương"
    "|tập trung|phát huy|quán triệt|tuyên truyền|phổ biến|bố trí|lập|đề xuất|cân đối|hoàn thiện|hoàn thành|thành lập|kiện toàn|cung cấp|quản lý"
    "|phát triển|đầu tư|đào tạo|bồi dưỡng|thường xuyên|kịp thời|nghiêm túc|cử|ban hành|tạo điều kiện|phân công|khuyến khích|ứng dụng|thống kê|chuẩn bị"
    "|xử lý|giải quyết|hỗ trợ|tiếp nhận|đăng tải|đăng|chấp hành|chuyển|nghiên cứu|cụ thể hóa|cụ thể hoá|lãnh đạo|xem xét|có trách nhiệm|chịu trách nhiệm"
    "|căn cứ|gửi|phản ánh|trình|tham gia|thông báo|trang bị|niêm yết|công bố|phê duyệt|điều chỉnh|tích cực|thẩm định|áp dụng|bổ sung|đánh giá|thu hồi"
    "|vận hành|thiết lập|là|theo|trên cơ sở|để|không|phải|cần|sẽ|được|đã|có ý kiến|có kế hoạch|có biện pháp|trong|tùy|tuỳ|tự|đồng thời|chủ động"
    "|tăng cường|tăng|đẩy mạnh|giúp(?! việc)|tìm kiếm|họp|ký|với|khi|nếu|nhằm|duy trì|giám sát|giao(?! thông| dịch| ban| lưu| nhận| thương)|yêu cầu|đề nghị|mở|vận động|quyết định|đưa|xác định|đổi mới|lưu ý"
    "|quy định|chú trọng|nắm|thi hành|liên hệ|tiếp thu|giải trình|có văn bản|treo|làm|đấu mối|thống nhất|xác minh|tiến hành|phân bổ|rút kinh nghiệm|hằng năm"
    "|hàng năm|định kỳ|trước ngày|tại|từ|về|quan tâm|đẩy nhanh|khắc phục|ngoài|đồng chí|thông qua|chấm dứt|công khai|kiến nghị|mở lớp|biên soạn|thí điểm|kêu gọi"
    "|phân luồng|phân loại|tuần tra|xử phạt|bảo vệ|vận chuyển|khảo sát|lấy ý kiến|thu thập|nộp|cơ bản|ghi nhận|đồng ý|nhất trí|biểu dương|trực tiếp|sẵn sàng|khai thác|phấn đấu|nỗ lực|bám sát|kết nối|tích hợp|tạm dừng|cảnh báo|dự báo|phân tích|đối chiếu|soạn thảo|chăm lo|chăm sóc|phân cấp|phát động|phát hiện|phát hành|kê khai"
    "|kiểm đếm|kiểm kê|kiểm soát|kiểm điểm|làm rõ|nâng cấp|nghiệm thu|rút ngắn|tham vấn|tiết kiệm|tiêu hủy|trồng|truy|ủng hộ|xóa|xoá|giữ|hạn chế|huy động|khám|thăm|nhắc nhở|biên chế|cho ý kiến|kịp|quyết liệt|tận dụng|xem|dự kiến|thường trực(?! )"
    "|mua sắm|thanh toán|quyết toán|ký kết|trả lời|cập nhật|luân phiên|phục vụ(?! hành chính)|trực(?! thuộc| tiếp| tuyến)"
    "|di dời|thu gom|sửa chữa|bàn giao|ứng phó|tính toán|lựa chọn|trao đổi|giới thiệu|ưu tiên|tập huấn|xúc tiến|mời|sắp xếp|thẩm tra|góp ý|tuyển dụng|cấp phép"
    "|chuyển đổi|số hóa|số hoá|nhân rộng|lồng ghép|hoàn trả|giải phóng|phòng ngừa|ngăn chặn|đấu tranh|chấn chỉnh|rút|tiếp xúc|tiếp công dân|tổng kết|sơ kết"
)
# A verb of two words may be broken over lines.
_BROKEN_VERBS = _VERBS.replace(" ", r"\s{1,60}")
_BOUNDARY = re.compile(
    rf"(?<![\w-])(?:{_BROKEN_VERBS})(?![\w-])|(?<!\bP)\.|[(:]|\n\s{{0,60}}[-+*]\s|\n[ \t]*\n|\n[ \t]{{0,60}}(?=Các\s)",
    re.IGNORECASE,
)
# "Các thôn: Tổ chức họp dân": an order, no list of names.
_VERB_BEHIND = re.compile(
    rf":\s{{1,20}}(?:{_BROKEN_VERBS})(?![\w-])(?-i:(?!\s{{1,3}}[A-ZĐÀ-Ỹ]))", re.IGNORECASE
)
_DUTY_OF = re.compile(r"Trách nhiệm của\s{1,60}")
# "Trách nhiệm của Tỉnh đoàn" is a heading: its order begins on the next line, with a capital or a dash.
_DUTY_ENDS = re.compile(r"[.:;]|\n\s{0,60}(?=[-+A-ZĐÀ-Ỹ])")
_SENT_TO = re.compile(r"(?:gửi|phản ánh|báo cáo)[^.;\n]{0,60}?\svề\s{1,60}(?=[A-ZĐỦ])")
_STANDS = re.compile(
    r"\s{1,60}(?:cơ bản )?(?:thống nhất|nhất trí|đồng ý|ghi nhận|biểu dương|đánh giá cao|xác định|có ý kiến)\b"
)
_CLAUSE = re.compile(r",\s{1,60}")
_OPENING = re.compile(
    r"(?:Trên cơ sở|Căn cứ|Định kỳ|Trong |Hằng |Hàng |Trước ngày|Sau khi|Khi |Nếu |Đối với|Theo )"
)
_TOWARDS = re.compile(r"Đối với\s{1,20}")
_TOPIC = re.compile(r"(?!Bao gồm|Gồm)[^:;.\n]{3,120}+(?<!gồm)(?<!như)(?<! là)(?<!sau):\s{1,20}(?=[^\W\d_])")
_WITH = re.compile(
    r"(?<!\w)[Pp]hối\s{1,60}hợp(?:\s{1,60}(?:chặt\s{1,60}chẽ|tốt|đồng\s{1,60}bộ))?(?:\s{1,60}(?:với|cùng))?\s{1,60}"
    r"(?:các\s{1,60}cơ\s{1,60}quan\s{1,60}liên\s{1,60}quan\s{1,60}như:\s{1,60})?"
)
_VALUE = r"\s{0,3}:\s{1,20}(?P<units>[^;.\n]{2,200}(?:\n[ \t]{0,60}[^\W\d_A-ZĐÀ-Ỹ][^;.\n:]{1,200}|;\s(?=[^\W\d_])[^;.\n:]{2,120}(?=[;.\n]|$)){0,6})"
_WHO = r"(?:(?<!\w)(?:[Đđ]ơn vị|[Cc]ơ quan|[Bb]ộ phận)\s{1,3}(?:được giao\s{1,3})?"
# The lines that close a task: "Đơn vị chủ trì: X; Đơn vị phối hợp: Y", "- Chủ trì: X", "Thực hiện: Z".
_CLOSING_LEADS = tuple(
    re.compile(pattern + _VALUE)
    for pattern in (
        _WHO + r"chủ trì|(?<![\w ])[ ]?Chủ trì)(?:\s{1,3}(?:thực hiện|tham mưu))?",
        _WHO
        + r"thực hiện|(?<![\w ])[ ]?(?:Thực hiện|Phân công(?: thực hiện)?|Trách nhiệm(?: chỉ đạo)?(?: thực hiện)?))",
    )
)
_IN_BRACKETS = re.compile(r"(?:\(|\b[Dd]o\s)(?P<units>[^();:.\n]{3,120}?)\s(?:là cơ quan\s)?chủ trì\b")
_CLOSING_WITH = re.compile(_WHO + r"phối hợp|(?<![\w ])[ ]?Phối hợp)(?:\s{1,3}thực hiện)?" + _VALUE)
_KINDS = "bộ|sở|hội|cục|vụ|phòng|ban"
_LISTED_KIND = re.compile(rf"(?:[Cc]ác\s)?(?P<kind>{_KINDS}|Bộ|Sở|Hội|Cục|Vụ|Phòng|Ban)\s?:\s")
_LISTED_INSIDE = re.compile(
    rf"(?:[,;]\s(?:và\s)?|\svà\s)(?=[Cc]ác\s(?:{_KINDS}|Bộ|Sở|Hội|Cục|Vụ|Phòng|Ban)\s?:\s)"
)
_LIST_OPENS = re.compile(
    rf"\b[Cc]ác\s{{1,60}}(?:{_KINDS}|xã|phường|huyện|đơn vị|trường|thôn)\s{{0,3}}$", re.IGNORECASE
)
_ASIDE = re.compile(rf"\((?!{WITHOUT})[^()]{{1,100}}\)(?=\s{{0,3}}(?:[,;]|\svà\s))")
# "Các phòng (trừ Thanh tra Sở)": who is left out belongs to the name of the group.
_LEFT_OUT = re.compile(rf"\({WITHOUT}[^()]{{1,200}}\)")
_LEAVES_OUT = re.compile(rf"(?<!\w){WITHOUT}")
_SMALL_UNIT = re.compile(
    r"chính quyền|cơ quan (?:có )?(?:liên quan|chức năng|chuyên môn|thuế)|đại biểu|công chức|lực lượng"
)
_OTHERS = re.compile(r"các (?:cơ quan|địa phương|đơn vị|tổ chức)|chính quyền")
# "Đồng chí Nguyễn Văn A, Phó Bí thư Đảng uỷ, Chủ tịch UBND xã": one person with the posts held.
_PERSON = re.compile(r"(?i:đồng chí|ông|bà)\s(?!Chủ tịch|Bí thư|Giám đốc|Trưởng|Phó|Chánh)[A-ZĐÀ-Ỹ]")
_POST = re.compile(
    r"(?:phó|chủ tịch|bí thư|giám đốc|trưởng|chánh|[uủ][yỷ] viên|cục trưởng|vụ trưởng|bộ trưởng|thứ trưởng)\b",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s?[,;]\s(?:và\s)?|\svà\s")
# "các sở, ban, ngành": kinds of offices enumerated, one collective.
_KINDS_TOGETHER = re.compile(r"(?:các\s)?(?:bộ|sở|phòng),\s(?:ban|ngành|địa phương|cơ quan)", re.IGNORECASE)
# Where a sentence begins: behind a full stop, or on the line below a heading.
_SENTENCES = re.compile(r"(?<=[.;])\s{1,60}(?=[A-ZĐÀ-Ỹ])|(?P<heading>(?<=[^\W_])\n\s{0,60}(?=[A-ZĐÀ-Ỹ]))")
_HEADING = 200
_NEXT_SUBJECT = re.compile(r";\s{1,60}(?=[A-ZĐÀ-Ỹ])")
_VERB_NEXT = re.compile(rf"(?:{_BROKEN_VERBS})(?![\w-])")
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
        if _INITIALS.match(text) or _HEAD.match(text, collective.end() if collective else 0):
            return True
        words = fold(text).split() if self._known else []
        return any(" ".join(words[:n]) in self._known for n in range(1, self._longest + 1))

    def leads(self, source: Source, start: int, end: int) -> tuple[str, ...]:
        """The units ordered between two offsets; empty when the item names none. Linear in a bounded stretch."""
        stop = min(end, start + _LOOK)
        for pattern in (*_CLOSING_LEADS, _IN_BRACKETS):
            named = pattern.search(source.text, start, end)
            if named and self.opens(named["units"]):
                return split_units(named["units"])
        if self.opens(source.text[start : start + 200]) and not self._speaks(source, start, stop):
            phrase = self._phrase(source, start, stop)
            own = self._each_own(source, start + len(phrase), stop)
            return tuple(dict.fromkeys((*split_units(phrase), *own)))
        if duty := _DUTY_OF.match(source.text, start, stop):
            words = source.text[duty.end() : min(stop, duty.end() + _PHRASE)]
            return split_units(_DUTY_ENDS.split(words)[0])
        return self._assigned(source, start, stop) or self._after_clause(source, start, stop)

    def _each_own(self, source: Source, start: int, stop: int) -> Iterator[str]:
        """ "… có trách nhiệm nhắc nhở; Thủ trưởng các đơn vị chỉ đạo …": in one sentence each its own."""
        for found in _NEXT_SUBJECT.finditer(source.text, start, _sentence_end(source, start, stop)):
            if self.opens(source.text[found.end() : found.end() + 200]):
                phrase = self._phrase(source, found.end(), stop)
                behind = source.text[found.end() + len(phrase) :][:40].lstrip()
                if _VERB_NEXT.match(behind):
                    yield from split_units(phrase)

    def _assigned(self, source: Source, start: int, stop: int) -> tuple[str, ...]:
        """The unit after "giao", "yêu cầu", "đề nghị"."""
        for found in ASSIGNS.finditer(source.text, start, stop):
            if self.opens(source.text[found.end() : found.end() + 200]) and (
                phrase := self._phrase(source, found.end(), stop)
            ):
                return split_units(phrase)
        return ()

    def _after_clause(self, source: Source, start: int, stop: int) -> tuple[str, ...]:
        """The unit after an opening clause or a topic: "Trên cơ sở …, Bộ trưởng …", "Về nguồn vốn: Sở Tài chính …"."""
        towards = _TOWARDS.match(source.text, start, stop)
        if towards and self.opens(source.text[towards.end() : towards.end() + 200]):
            phrase = self._phrase(source, towards.end(), stop)
            if source.text.startswith(":", towards.end() + len(phrase)):
                return split_units(phrase)
        topic = _TOPIC.match(source.text, start, stop)
        if topic and self.opens(source.text[topic.end() : topic.end() + 200]):
            return split_units(self._phrase(source, topic.end(), stop))
        if _OPENING.match(source.text, start, stop) and (named := self.subject(source, start, stop)):
            return named
        return self._in_charge(source, start, stop)

    def _in_charge(self, source: Source, start: int, stop: int) -> tuple[str, ...]:
        """Who is told to chủ trì in a later sentence; who opens the line below a heading without a full stop."""
        for found in _SENTENCES.finditer(source.text, start, stop):
            if not self.opens(source.text[found.end() : found.end() + 200]):
                continue
            phrase = self._phrase(source, found.end(), stop)
            behind = source.text[found.end() + len(phrase) :][:40].lstrip()
            if behind.startswith("chủ trì") or (found["heading"] and found.start() - start < _HEADING):
                return split_units(phrase)
        return ()

    def _speaks(self, source: Source, start: int, stop: int) -> bool:
        """The sentence opens with the office that orders or agrees: "Chủ tịch UBND tỉnh yêu cầu các Sở …"."""
        subject = len(self._phrase(source, start, stop))
        if _STANDS.match(source.text, start + subject, stop):
            return True
        order = ASSIGNS.search(source.text, start, min(stop, start + subject + 20))
        return order is not None and self.opens(source.text[order.end() : order.end() + 200])

    def coordinating(self, source: Source, start: int, end: int) -> tuple[str, ...]:
        """The units named as phối hợp between two offsets, each once. Linear."""
        named = _CLOSING_WITH.search(source.text, start, end)
        if named and self.opens(named["units"]):
            return split_units(named["units"])
        units: dict[str, str] = {}
        for found in _WITH.finditer(source.text, start, end):
            if self.opens(source.text[found.end() : found.end() + 200]):
                for unit in split_units(self._phrase(source, found.end(), end)):
                    units.setdefault(fold(unit), unit)
        return tuple(units.values())

    def subject(self, source: Source, start: int, end: int) -> tuple[str, ...]:
        """The unit an unnumbered sentence speaks of after its opening clauses: "Nếu có vướng mắc, các đơn vị …"."""
        for clause in _CLAUSE.finditer(source.text, start, min(end, start + 300)):
            if self.opens(source.text[clause.end() : clause.end() + 200]):
                return split_units(self._phrase(source, clause.end(), end))
        return ()

    def receiving(self, source: Source, start: int, end: int) -> tuple[str, ...]:
        """The unit that collects what is asked for: "… phản ánh về Sở …". Linear in a bounded stretch."""
        found = _SENT_TO.search(source.text, start, min(end, start + _LOOK))
        if not found or not self.opens(source.text[found.end() : found.end() + 200]):
            return ()
        # "gửi về Phòng" names nobody: it is the office that writes.
        return tuple(unit for unit in split_units(self._phrase(source, found.end(), end)) if " " in unit)

    def _phrase(self, source: Source, start: int, stop: int) -> str:
        """From a unit's first word to the verb, bracket or sentence end after it; brackets between two units go."""
        stop = min(stop, start + _PHRASE)
        listed = _LISTED_KIND.match(source.text, start, stop)
        skip = listed.end() if listed else start
        left_out = [found.span() for found in _LEFT_OUT.finditer(source.text, skip, stop)]
        for boundary in _BOUNDARY.finditer(source.text, skip, stop):
            inside = any(a <= boundary.start() < b for a, b in left_out)
            if boundary.start() > start and not inside and self._ends_phrase(source, boundary, skip):
                stop = boundary.start()
                break
        words = squeeze(_ASIDE.sub(" ", source.text[start:stop])).replace(" ,", ",").replace(" ;", ";")
        return words.rstrip(" ,;.:/").removesuffix(" và").rstrip(" ,;")

    def _ends_phrase(self, source: Source, boundary: re.Match[str], start: int) -> bool:
        """A verb set small, or opening a line; not a word of a name ("Phòng Quản lý …", "cơ quan quản lý")."""
        text, at = source.text, boundary.start()
        before = text[max(start, at - 62) : at]
        if (
            text[at] == "\n"
            and boundary.group().strip() == ""
            and text[boundary.end() : boundary.end() + 3] == "Các"
        ):
            return not before.rstrip().endswith((",", ";", " và"))
        if not text[at].isalpha():
            return not (
                (
                    text[at] == ":"
                    and _LIST_OPENS.search(before)
                    and text[at + 1 : at + 60].lstrip()[:1].isupper()
                    and not _VERB_BEHIND.match(text, at)
                )
                or (text[at] == "(" and _ASIDE.match(text, at))
            )
        if text[at].isupper():
            return "\n" in before[len(before.rstrip()) :] and not before.rstrip().endswith((",", " và"))
        verb = " ".join(boundary.group().lower().split())
        if verb in ("chủ trì", "phối hợp"):
            return True
        return not " ".join(before.lower().split()).endswith(_NAME_GOES_ON)


def _sentence_end(source: Source, start: int, stop: int) -> int:
    at = source.text.find(".\n", start, stop)
    return at if at >= 0 else stop


# "cơ quan quản lý", "ban chỉ đạo": the verb is part of what the office is called.
_NAME_GOES_ON = (
    "ban",
    "tổ",
    "cơ quan",
    "cơ sở",
    "chuyên trách",
    "lực lượng",
    "đội",
    "viện",
    "đơn vị quản",
    "tham gia",
    "nhà thầu",
    "chủ",
    "đăng",
    "dự án",
    "dự án đầu tư",
    "thành viên ban",
    "tham mưu,",
    "thường",
)


def split_units(phrase: str) -> tuple[str, ...]:
    """ "Sở A, Sở B và các đơn vị" into units; "các sở, ban, ngành" stays whole; "các Bộ: A, B" gets its word back."""
    phrase = squeeze(phrase).strip(" ,;.:")
    edges = [0, *(gap.start() for gap in _LISTED_INSIDE.finditer(phrase)), len(phrase)]
    parts = [phrase[a:b].strip(" ,;.:").removeprefix("và ") for a, b in zip(edges, edges[1:], strict=False)]
    return tuple(unit for part in parts for unit in _split_part(part))


def _split_part(phrase: str) -> tuple[str, ...]:
    if listed := _LISTED_KIND.match(phrase):
        kind = listed["kind"].capitalize()
        return tuple(_prefixed(kind, name) for name in _cut(phrase[listed.end() :], _starts_listed))
    return _cut(phrase, _starts_unit)


def _cut(phrase: str, starts: Callable[[str, str, str], bool]) -> tuple[str, ...]:
    units: list[str] = []
    at = 0
    for gap in _SEPARATOR.finditer(phrase):
        if starts(phrase[gap.end() :], gap.group(), phrase[at : gap.start()]):
            units.append(phrase[at : gap.start()])
            at = gap.end()
    units.append(phrase[at:])
    return tuple(unit for part in units if (unit := part.strip(" ,;.:")))


def _starts_unit(rest: str, gap: str, before: str) -> bool:
    if not rest or before.count("(") > before.count(")"):
        return False
    if _PERSON.match(before) and _POST.match(rest):
        return False
    if _LEAVES_OUT.search(before.rpartition(")")[2]):
        return bool(_COLLECTIVE.match(rest))
    if ";" in gap:
        return True
    if before.endswith(("HĐND", "Hội đồng nhân dân")) and rest.startswith(("UBND", "Ủy ban", "Uỷ ban")):
        return "," in gap
    if _KINDS_TOGETHER.match(before) and _goes_with_kinds(rest, gap):
        return False
    if _SMALL_UNIT.match(rest):
        return True
    if rest.startswith(("các ", "Các ", "những ", "mọi ")) and not re.match(
        r"các (?:sở|ban|bộ|ngành|xã|huyện|phường)\b(?!,| )", rest
    ):
        return True
    return rest[0].isupper() and bool(_HEAD.match(rest))


def _goes_with_kinds(rest: str, gap: str) -> bool:
    """ "các sở, ban, ngành và các địa phương liên quan" is one collective, as offices mean it."""
    return _OTHERS.match(rest) is not None and ("và" in gap or rest.startswith("các địa phương"))


def _starts_listed(rest: str, gap: str, before: str) -> bool:
    """Inside "các Sở: A, B và C": a comma parts, "và" only before an office ("Nông nghiệp và Môi trường")."""
    return bool(rest) and (
        "," in gap or ";" in gap or bool(_HEAD.match(rest)) or bool(_COLLECTIVE.match(rest))
    )


def _prefixed(kind: str, name: str) -> str:
    """ "Tài chính" after "các Sở:" is "Sở Tài chính"; "Hội Tin học", "Văn phòng …", "các đơn vị" keep their own word."""
    named = _COLLECTIVE.match(name) or (_HEAD.match(name) and name != "Công an")
    return name if named else f"{kind} {name}"
