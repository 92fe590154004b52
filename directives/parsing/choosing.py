"""Which numbered items are tasks.

Numbered is not ordered: aims, reasons, report contents and opinions are numbered too. A list counts when its
heading says so, when the paragraph above it orders somebody, or when one of its items does.
"""

import re

from .leads import ASSIGNS, Units
from .numbering import SECTIONS, Item
from .text import Source

_ORDERING = re.compile(
    r"\b(?:nhiem vu|to chuc thuc hien|phan cong|trach nhiem|noi dung (?:thuc hien|cong viec|trien khai|hoat dong|cong tac|chu yeu|nhiem vu)|viec can lam|to chuc trien khai"
    r"|thi hanh|dieu khoan thi hanh|che do bao cao|thong tin,? bao cao)\b"
)
_MEANS = re.compile(r"\b(?:giai phap|bien phap)\b")
_CONTENT = re.compile(r"(?:cac )?(?:noi dung|hoat dong)(?: cu the| chinh)?\W{0,40}$")
# What a meeting records before it orders: praise, findings, agreement without a consequence.
_FINDS = re.compile(
    r"(?:ve )?(?:danh gia|ket qua dat duoc|tinh hinh|uu diem|ton tai|han che)\b|[^.;:\n]{0,120}\b(?:ghi nhan|bieu duong|danh gia cao|hoan nghenh)\b"
)
# "Cơ bản thống nhất với báo cáo của …": agreed, and nothing given to anybody.
_AGREES = re.compile(
    r"(?:ve [^.;:\n]{3,120}: )?(?:co ban )?(?:thong nhat|nhat tri|dong y)(?: cao)? (?:voi|theo|noi dung|de xuat|de nghi|chu truong|phuong an|bao cao|danh gia)\b"
)
# "- Chủ trì: X", "c) Thời gian hoàn thành: …": a field of the task above it, not a task.
_FIELD = re.compile(
    r"(?:(?:don vi|co quan|bo phan|lanh dao|nguoi|can bo) )?(?:chu tri|phoi hop|thuc hien|phu trach|tham gia)[^:.;\n]{0,30}:"
    r"|(?:thoi (?:gian|han)|tien do|san pham|ket qua|kinh phi|nguon kinh phi|dia diem|thanh phan|hinh thuc|doi tuong)[^:.;\n]{0,40}:"
)
_PEOPLE = re.compile(r"(?:ong|ba|dong chi)\b")
_NOT_ORDERING = re.compile(
    r"\b(?:muc dich|yeu cau|muc tieu|quan diem|tinh hinh|pham vi|doi tuong|boi canh|ket qua|chi tieu|kinh phi|nguyen tac|giai thich|dinh huong"
    r"|huong dan|phuong an|hieu luc|danh gia|ton tai|han che|nguyen nhan|thanh phan|thoi gian, dia diem|tham quyen|ho so|can cu)\b"
)
_PROVIDES = re.compile(r"\b(?:trach nhiem|to chuc thuc hien|bao cao|phan cong|nhiem vu)\b")
_ATTACHED = re.compile(r"\b(?:to chuc thuc hien|phan cong|trach nhiem)\b")
_IMPERATIVE = re.compile(
    r"(?:chu tri|chu dong|tang cuong|day manh|to chuc|trien khai|thuc hien|xay dung|ra soat|tham muu|phoi hop|chi dao|huong dan|bao dam|dam bao"
    r"|nang cao|kiem tra|theo doi|don doc|tong hop|bao cao|tiep tuc|khan truong|tap trung|phat huy|quan triet|tuyen truyen|pho bien|bo tri|lap"
    r"|de xuat|can doi|hoan thien|hoan thanh|thanh lap|kien toan|cung cap|quan ly|phat trien|dau tu|dao tao|thuong xuyen|kip thoi|nghiem tuc"
    r"|cu|ban hanh|tao dieu kien|phan cong|phan cap|khuyen khich|ung dung|thong ke|chuan bi|xu ly|giai quyet|ho tro|tiep nhan|dang tai|chap hanh"
    r"|nghien cuu|cu the hoa|lanh dao|xem xet|gui|phan anh|trinh|tham gia|thong bao|trang bi|niem yet|cong bo|dieu chinh|tich cuc|tham dinh|ap dung"
    r"|bo sung|danh gia|thu hoi|van hanh|thiet lap|giao|yeu cau|de nghi|giam sat|duy tri|siet|quyet liet|doi moi|huy dong|mo rong|ban giao|khac phuc"
    r"|co bien phap|co ke hoach|mo|kiem soat|quyet dinh|kham|tham hoi|khao sat|phong, chong|ngan chan|khen thuong|chuyen|so ket|tong ket|ky ket|hop|luu y|chan chinh|day nhanh|bo sung|cap nhat|vân dong|van dong|tang|ren luyen|phong ngua|chu trong|cong khai)\b"
)
_TOPIC_ORDER = re.compile(rf"(?:doi voi|ve) [^:.;\n]{{3,120}}:\s{{1,9}}{_IMPERATIVE.pattern}")
_DUTY = re.compile(r"\b(?:chu tri|co trach nhiem|chiu trach nhiem|la dau moi|phoi hop voi|tham muu)\b")
_STATES = re.compile(
    r"[^.;\n]{0,120}\bda (?:bieu quyet|to chuc|duoc)\b|[^.;:\n]{0,80}+:\s{0,3}(?:ong|ba|dong chi)\s"
)
_ITSELF = re.compile(
    r"(?:nghi quyet|ke hoach|chi thi|quyet dinh|huong dan|ket luan|chuong trinh) nay\b|den nam \d{4}"
)
_CONTENTS = re.compile(r"noi dung bao cao|ve |yeu cau$|thanh phan")
_LEADS_ON = re.compile(
    r"\b(?:chi dao|lanh dao|xac dinh|tap trung|thuc hien|chu tri|to chuc)\b[^:]{0,200}:$|\bsau:$"
)
_LISTS = ("number", "dotted", "bracket", "letter")
_BULLETS = ("dash", "plus")


class Chooser:
    """Chooses among the items of one text. `chosen` maps the index of an item to how sure we are of it."""

    def __init__(
        self, source: Source, units: Units, items: list[Item], *, attached: bool, plan: bool = False
    ):
        self.source = source
        self.units = units
        self.items = items
        self.attached = attached
        self.plan = plan
        self.children: dict[int | None, list[int]] = {}
        for at, item in enumerate(items):
            self.children.setdefault(item.parent, []).append(at)
        self.chosen: dict[int, float] = {}

    def choose(self) -> dict[int, float]:
        """The items that are tasks. Linear."""
        top = self._kids(None)
        sections = [at for at in top if self.items[at].style in SECTIONS]
        if sections:
            for at in sections:
                self._choose_section(at)
        elif not self.attached:
            self._choose_flat(top)
        return self.chosen

    def _kids(self, at: int | None, styles: tuple[str, ...] = ()) -> list[int]:
        kids = self.children.get(at, [])
        return [kid for kid in kids if self.items[kid].style in styles] if styles else kids

    def _listed(self, at: int) -> list[int]:
        return [kid for kid in self._kids(at) if self.items[kid].style not in _BULLETS]

    def _choose_section(self, at: int) -> None:
        """A section whose heading orders, or of any other the sections inside it."""
        if self._section_orders(at):
            return self._take(at, 0.9)
        for inner in self._kids(at, SECTIONS):
            self._choose_section(inner)
        return None

    def _section_orders(self, at: int) -> bool:
        item = self.items[at]
        heading = self.source.plain[item.text : min(item.line.end, item.text + 240)]
        if self.attached and not self.plan:
            return bool(_ATTACHED.search(heading))
        if _NOT_ORDERING.match(heading):
            return False
        if _ORDERING.search(heading):
            return True
        if _CONTENT.match(heading):
            return self._list_orders(self._listed(at))
        kids = self._listed(at)
        if kids and sum(1 for kid in kids if self._gives(kid)) * 2 > len(kids):
            return True
        return bool(_MEANS.search(heading)) and any(self._assigns(kid) for kid in self._kids(at))

    def _take(self, at: int, confidence: float) -> None:
        """An item, and below it the lists whose items order something."""
        self.chosen[at] = confidence
        below = [kid for kid in self._listed(at) if not self._matches(_FIELD, kid)]
        if self.items[at].style in SECTIONS:
            below = below or [kid for kid in self._kids(at) if self._orders(kid)]
            for kid in below:
                if not self._matches(_ITSELF, kid) and not self._is_aim(kid):
                    self._take(kid, confidence)
        elif below and self._list_orders(below) and not self._explains(at, below[0]):
            for kid in below:
                self._take(kid, confidence - 0.1)
        elif not below:
            dashes = [kid for kid in self._kids(at, ("dash",)) if not self._matches(_FIELD, kid)]
            if self._list_orders(dashes) and (self._announces(at) or self._spreads(at, dashes)):
                self.chosen |= dict.fromkeys(dashes, confidence - 0.2)

    def _spreads(self, at: int, dashes: list[int]) -> bool:
        """A topic whose dashes each order a unit of their own: "2. Về đầu tư công / - Sở Xây dựng rà soát …"."""
        own = sum(1 for kid in dashes if self._opens_unit(kid))
        return not self._opens_unit(at) and own * 2 > len(dashes)

    def _opens_unit(self, at: int) -> bool:
        item = self.items[at]
        named = self.units.opens(self.source.text[item.text : item.text + 200])
        return named and not self._matches(_STATES, at)

    def _gives(self, at: int) -> bool:
        """An item that gives work to a unit by name: "… Giao Sở Nội vụ …"."""
        item = self.items[at]
        stop = min(item.end, item.text + 900)
        return any(
            self.units.opens(self.source.text[given.end() : given.end() + 200])
            for given in ASSIGNS.finditer(self.source.text, item.text, stop)
        )

    def _is_aim(self, at: int) -> bool:
        """A section inside one that orders may still hold aims only: "I. Mục tiêu" of "B. MỤC TIÊU, NHIỆM VỤ"."""
        return self.items[at].style in SECTIONS and self._matches(_NOT_ORDERING, at)

    def _announces(self, at: int) -> bool:
        """An order that ends with a colon gives its dashes as orders of their own; the bare name of a unit does not."""
        item = self.items[at]
        words = self.source.plain[item.text : item.end].rstrip()
        return (
            words.endswith(":")
            and len(words) < 900
            and (
                ASSIGNS.search(self.source.text, item.text, item.end) is not None
                or bool(_LEADS_ON.search(words))
            )
        )

    def _choose_flat(self, top: list[int]) -> None:
        articles, numbers, dashes = (
            [at for at in top if self.items[at].style in styles]
            for styles in (("article",), _LISTS, ("dash",))
        )
        if articles:
            titled = sum(1 for at in articles if self._is_titled(at)) * 2 > len(articles)
            for at in articles:
                self._take_article(at, titled)
        elif numbers:
            if self._introduced(numbers[0]) or any(self._orders_within(at) for at in numbers):
                for at in numbers:
                    if not self._finds(at):
                        self._take(at, 0.9)
        elif dashes and self._introduced(dashes[0]):
            self.chosen |= {at: 0.7 for at in dashes if self._orders(at)}

    def _take_article(self, at: int, titled: bool) -> None:
        """Điều n: all of an individual decision; of a normative one those that lay down who does what."""
        kids = self._listed(at)
        heading = self.source.plain[self.items[at].text : self.items[at].line.end]
        if titled and not _PROVIDES.search(heading):
            return
        self.chosen[at] = 0.8
        people = any(self._matches(_PEOPLE, kid) for kid in kids)
        if titled or (self._list_orders(kids) and not people):
            self.chosen |= dict.fromkeys(kids, 0.7)
            for kid in kids if not titled else ():
                points = self._listed(kid)
                if self._names_unit(kid) and self._list_orders(points):
                    self.chosen |= dict.fromkeys(points, 0.6)

    def _names_unit(self, at: int) -> bool:
        """ "2. Văn phòng Sở:" has its orders in the points below."""
        item = self.items[at]
        words = self.source.text[item.text : item.line.end]
        return len(words) < 120 and words.endswith(":") and self._opens_unit(at)

    def _is_titled(self, at: int) -> bool:
        """Whether "Điều 7. Kỳ đánh giá" has its provisions on the lines below; a sentence that wraps has not."""
        item = self.items[at]
        heading = self.source.text[item.text : item.line.end]
        below = self.source.text[item.line.end : item.line.end + 200].lstrip()
        ended = heading.endswith((".", ":", ";", ",", "/"))
        return 0 < len(heading) < 160 and not ended and bool(below) and not below[0].islower()

    def _introduced(self, at: int) -> bool:
        """Whether the paragraph above a list addresses an order to somebody."""
        start = self.items[at].start
        above = self.source.text[max(0, start - 400) : start].rstrip()
        return above.endswith(":") and any(
            self.units.opens(above[m.end() :]) for m in ASSIGNS.finditer(above)
        )

    def _finds(self, at: int) -> bool:
        """A finding of a meeting that orders nobody, or what it agreed to without a consequence."""
        agreed = self._matches(_AGREES, at) and not self._kids(at) and not self._gives(at)
        return agreed or (self._matches(_FINDS, at) and not self._assigns(at))

    def _list_orders(self, below: list[int]) -> bool:
        return bool(below) and sum(1 for at in below if self._orders(at)) * 2 >= len(below)

    def _explains(self, at: int, first: int) -> bool:
        """A list announced as reasons or contents, not as work."""
        words = self.source.plain[self.items[at].text : self.items[first].start].rstrip()
        return "ly do" in words[-400:] or _CONTENTS.match(words) is not None

    def _orders_within(self, at: int) -> bool:
        return self._orders(at) or any(self._orders(kid) for kid in self._kids(at))

    def _orders(self, at: int) -> bool:
        """Begins with what is to be done, or with who is to do it."""
        if self._matches(_IMPERATIVE, at) or self._matches(_TOPIC_ORDER, at) or self._assigns(at):
            return True
        text = self.items[at].text
        if self.units.opens(self.source.text[text : text + 200]):
            return not self._matches(_STATES, at)
        return self._orders_below(at)

    def _orders_below(self, at: int) -> bool:
        """A topic without a full stop, and on the line below who is to act: "Công tác vận tải / Các Khu … chỉ đạo …"."""
        item = self.items[at]
        topic = self.source.text[item.text : item.line.end]
        below = self.source.text[item.line.end : min(item.end, item.line.end + 260)].lstrip()
        bare = 0 < len(topic) < 120 and topic[-1].isalnum() and below[:1].isupper()
        return bare and self.units.opens(below)

    def _assigns(self, at: int) -> bool:
        item = self.items[at]
        stop = min(item.end, item.text + 900)
        if _DUTY.search(self.source.plain, item.text, min(stop, item.text + 300)):
            return True
        given = ASSIGNS.search(self.source.text, item.text, stop)
        return given is not None and bool(self.units.leads(self.source, item.text, stop))

    def _matches(self, pattern: re.Pattern[str], at: int) -> bool:
        text = self.items[at].text
        return pattern.match(self.source.plain[text : text + 400].lstrip(" \"'")) is not None
