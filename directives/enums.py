"""The words of directives, tasks and assignments."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DirectiveKind(models.TextChoices):
    """Named types of Nghị định 30/2020 that give work, and the Party's."""

    LETTER = "letter", _("Công văn")
    PLAN = "plan", _("Kế hoạch")
    INSTRUCTION = "instruction", _("Chỉ thị")
    CONCLUSION = "conclusion", _("Kết luận")
    RESOLUTION = "resolution", _("Nghị quyết")
    DECISION = "decision", _("Quyết định")
    NOTICE = "notice", _("Thông báo")
    PROGRAMME = "programme", _("Chương trình")
    GUIDANCE = "guidance", _("Hướng dẫn")
    TELEGRAM = "telegram", _("Công điện")
    REPORT = "report", _("Báo cáo")
    PROPOSAL = "proposal", _("Tờ trình")
    SCHEME = "scheme", _("Đề án")
    REGULATION = "regulation", _("Quy định")
    RULES = "rules", _("Quy chế")
    OTHER = "other", _("Văn bản khác")


# The abbreviation in the notation (Nghị định 30/2020, Phụ lục III; the Party's Hướng dẫn 36-HD/VPTW).
STATE_ABBREVIATIONS = {
    DirectiveKind.PLAN: "KH",
    DirectiveKind.INSTRUCTION: "CT",
    DirectiveKind.CONCLUSION: "KL",
    DirectiveKind.RESOLUTION: "NQ",
    DirectiveKind.DECISION: "QĐ",
    DirectiveKind.NOTICE: "TB",
    DirectiveKind.PROGRAMME: "CTr",
    DirectiveKind.GUIDANCE: "HD",
    DirectiveKind.TELEGRAM: "CĐ",
    DirectiveKind.REPORT: "BC",
    DirectiveKind.PROPOSAL: "TTr",
    DirectiveKind.SCHEME: "ĐA",
    DirectiveKind.REGULATION: "QyĐ",
    DirectiveKind.RULES: "QC",
}
PARTY_ABBREVIATIONS = {**STATE_ABBREVIATIONS, DirectiveKind.LETTER: "CV", DirectiveKind.REGULATION: "QĐi"}


class Notation(models.TextChoices):
    """How number and notation are written: 812/SGTVT-VP, 254-KH/TU."""

    STATE = "state", _("Nhà nước: 203/KH-UBND")
    PARTY = "party", _("Đảng: 254-KH/TU")


class Urgency(models.TextChoices):
    NORMAL = "", _("Thường")
    URGENT = "urgent", _("Khẩn")
    VERY_URGENT = "very_urgent", _("Thượng khẩn")
    IMMEDIATE = "immediate", _("Hỏa tốc")


class SignerAuthority(models.TextChoices):
    SELF = "", _("Ký trực tiếp")
    ON_BEHALF = "TM.", _("TM. (thay mặt tập thể)")
    DEPUTY = "KT.", _("KT. (ký thay)")
    BY_ORDER = "TL.", _("TL. (thừa lệnh)")
    BY_MANDATE = "TUQ.", _("TUQ. (thừa ủy quyền)")
    ACTING = "Q.", _("Q. (quyền)")


class DirectiveState(models.TextChoices):
    DRAFT = "draft", _("Dự thảo")
    SUBMITTED = "submitted", pgettext_lazy("tình trạng", "Trình ký")
    SIGNED = "signed", _("Đã ký")
    ISSUED = "issued", _("Đã ban hành")
    CLOSED = "closed", _("Đã kết thúc")
    REVOKED = "revoked", _("Đã thu hồi")
    DISCARDED = "discarded", pgettext_lazy("tình trạng", "Đã bỏ")


# What stands in the book; what is on its way there; and of the first, what is in force.
PUBLISHED = frozenset({DirectiveState.ISSUED, DirectiveState.CLOSED, DirectiveState.REVOKED})
UNPUBLISHED = frozenset({DirectiveState.DRAFT, DirectiveState.SUBMITTED, DirectiveState.SIGNED})
IN_FORCE = PUBLISHED - {DirectiveState.REVOKED}


class AssignmentState(models.TextChoices):
    NOT_STARTED = "not_started", _("Chưa tiếp nhận")
    IN_PROGRESS = "in_progress", _("Đang thực hiện")
    REPORTED = "reported", _("Chờ xác nhận")
    ACCEPTED = "accepted", _("Hoàn thành")
    PAUSED = "paused", _("Tạm dừng")
    CANCELLED = "cancelled", pgettext_lazy("tình trạng", "Thôi giao")
    TRANSFERRED = "transferred", _("Đã chuyển giao")


# What the unit still has to do itself, and what nobody has to do any more.
OPEN = frozenset({AssignmentState.NOT_STARTED, AssignmentState.IN_PROGRESS})
ENDED = frozenset({AssignmentState.ACCEPTED, AssignmentState.CANCELLED, AssignmentState.TRANSFERRED})


class Duty(models.TextChoices):
    LEAD = "lead", _("Chủ trì")
    SUPPORT = "support", _("Phối hợp")


class Purpose(models.TextChoices):
    """Why a document is sent to somebody."""

    ACT = "act", _("Thực hiện")
    COORDINATE = "coordinate", _("Phối hợp")
    REPORT = "report", _("Báo cáo")
    INFORM = "inform", _("Để biết")
    ARCHIVE = "archive", _("Lưu")


class Relation(models.TextChoices):
    """How a document stands to one it cites."""

    BASED_ON = "based_on", _("Căn cứ")
    IMPLEMENTS = "implements", _("Triển khai")
    AMENDS = "amends", _("Sửa đổi")
    REPLACES = "replaces", _("Thay thế")
    CORRECTS = "corrects", _("Đính chính")
    REVOKES = "revokes", _("Thu hồi")
    MENTIONS = "mentions", _("Dẫn chiếu")


# A document that cites another so stands on it.
BASIS = frozenset({Relation.BASED_ON, Relation.IMPLEMENTS})


class Recurrence(models.TextChoices):
    NONE = "", _("Một lần")
    DAILY = "daily", _("Hằng ngày")
    WEEKLY = "weekly", _("Hằng tuần")
    MONTHLY = "monthly", _("Hằng tháng")
    QUARTERLY = "quarterly", _("Hằng quý")
    HALF_YEARLY = "half_yearly", _("6 tháng")
    YEARLY = "yearly", _("Hằng năm")


# What falls on parts of the year, and has months of its own to be due in.
OF_MONTHS = frozenset({Recurrence.MONTHLY, Recurrence.QUARTERLY, Recurrence.HALF_YEARLY, Recurrence.YEARLY})


class PeriodSystem(models.TextChoices):
    """From which day to which a period of months runs."""

    CALENDAR = "", _("Theo lịch (từ ngày 01 đến hết tháng)")
    CUT_OFF = "cut_off", _("Theo Nghị định 09/2019 (từ ngày 15 đến ngày 14)")


class DueRule(models.TextChoices):
    """On which day of a period, or after it, its report is due."""

    NONE = "", _("Chưa đặt hạn trong kỳ")
    LAST_DAY = "last_day", _("Ngày cuối kỳ")
    LAST_MONTH = "last_month", _("Ngày … của tháng cuối kỳ")
    NEXT_MONTH = "next_month", _("Ngày … của tháng sau kỳ")
    WORKING_DAYS = "working_days", _("… ngày làm việc sau ngày cuối kỳ")
    WEEKDAY = "weekday", _("Thứ … trong tuần")
    DAY_OF_YEAR = "day_of_year", _("Ngày … tháng … trong năm")


class PeriodRule(models.TextChoices):
    """When a register starts again from 01."""

    YEAR = "year", _("Theo năm")
    TERM = "term", _("Theo nhiệm kỳ cấp ủy")


class ReportOutcome(models.TextChoices):
    INTERNAL = "internal", _("Trình lãnh đạo đơn vị")
    PENDING = "pending", _("Chờ xác nhận")
    ACCEPTED = "accepted", _("Đã xác nhận")
    RETURNED = "returned", _("Trả lại")
    WITHDRAWN = "withdrawn", _("Đã rút")
    REOPENED = "reopened", pgettext_lazy("tình trạng", "Mở lại")
    DROPPED = "dropped", _("Không xét nữa")


class Quality(models.TextChoices):
    """How well an accepted task was done; whoever accepts may leave it out."""

    NONE = "", _("Không đánh giá")
    EXCELLENT = "excellent", _("Đạt xuất sắc")
    GOOD = "good", _("Đạt tốt")
    FAIR = "fair", _("Đạt")
    LESSONS = "lessons", _("Đạt, cần rút kinh nghiệm")


# A report that is not, or no more, the unit's word: what it said is where the next one starts.
TAKEN_BACK = frozenset(
    {ReportOutcome.RETURNED, ReportOutcome.WITHDRAWN, ReportOutcome.REOPENED, ReportOutcome.INTERNAL}
)


class RequestKind(models.TextChoices):
    EXTENSION = "extension", _("Xin gia hạn")
    DECLINE = "decline", _("Không thuộc chức năng")


class Decision(models.TextChoices):
    PENDING = "pending", _("Chờ quyết định")
    GRANTED = "granted", _("Đồng ý")
    REFUSED = "refused", _("Không đồng ý")
    WITHDRAWN = "withdrawn", pgettext_lazy("đề nghị", "Không còn đặt ra")


class UrgingKind(models.TextChoices):
    """What is said to a unit that has to answer: the Office hurries on; the leader asks why, or says what to do."""

    URGE = "urge", _("Đôn đốc")
    EXPLAIN = "explain", _("Yêu cầu giải trình")
    INSTRUCT = "instruct", _("Chỉ đạo")


class AttachmentKind(models.TextChoices):
    ORIGINAL = "original", _("Văn bản gốc")
    SCAN = "scan", _("Bản ký, đóng dấu")


class Standing(models.TextChoices):
    """Where an assignment stands on a day. Computed, never stored; the only words for lateness."""

    OVERDUE = "overdue", _("Quá hạn")
    DUE_TODAY = "due_today", _("Đến hạn hôm nay")
    DUE_SOON = "due_soon", _("Sắp đến hạn")
    IN_TIME = "in_time", _("Trong hạn")
    UNDATED = "undated", _("Không có thời hạn")
    AWAITING = "awaiting", _("Chờ xác nhận")
    AWAITING_LATE = "awaiting_late", _("Chờ xác nhận, báo cáo trễ")
    DONE_EARLY = "done_early", _("Hoàn thành trước hạn")
    DONE_ON_TIME = "done_on_time", _("Hoàn thành đúng hạn")
    DONE_LATE = "done_late", _("Hoàn thành quá hạn")
    DONE_UNDATED = "done_undated", _("Hoàn thành, không có thời hạn")
    PAUSED = "paused", _("Tạm dừng")
    DROPPED = "dropped", _("Thôi giao, chuyển giao")


class Move(models.TextChoices):
    """What open work waits for: who must act next on it, and how."""

    REPORT = "report", _("Đơn vị báo cáo hoàn thành")
    APPROVE = "approve", _("Thủ trưởng đơn vị duyệt báo cáo")
    APPOINT = "appoint", _("Đơn vị chưa có người chịu trách nhiệm")
    EXTEND_LEADER = "extend_leader", _("Lãnh đạo quyết định xin gia hạn")
    EXTEND_OFFICE = "extend_office", _("Cơ quan giao việc quyết định xin gia hạn")
    REASSIGN = "reassign", _("Cơ quan giao việc trả lời: không thuộc chức năng")
    CLEAR_LEADER = "clear_leader", _("Lãnh đạo trả lời vướng mắc")
    CLEAR_OFFICE = "clear_office", _("Cơ quan giao việc trả lời vướng mắc")
    CLEAR_ELSEWHERE = "clear_elsewhere", _("Cơ quan khác trả lời vướng mắc")
    ACCEPT = "accept", _("Cơ quan giao việc xác nhận báo cáo")


class NoticeKind(models.TextChoices):
    """What a person is told. Of one thing the heaviest word of a family is said, in the order of this list."""

    INSTRUCTED = "instructed", pgettext_lazy("thông báo", "Chỉ đạo của lãnh đạo")
    EXPLAIN = "explain", pgettext_lazy("thông báo", "Yêu cầu giải trình")
    URGED = "urged", pgettext_lazy("thông báo", "Đôn đốc")
    RETURNED = "returned", _("Báo cáo bị trả lại")
    HANDED_BACK = "handed_back", _("Lãnh đạo đơn vị trả lại")
    ASSIGNED = "assigned", _("Giao việc")
    LEFT_OVER = "left_over", _("Việc chưa có người làm")
    REFUSED = "refused", _("Đề nghị không được đồng ý")
    EXTENDED = "extended", _("Được gia hạn")
    LET_OFF = "let_off", _("Được thôi nhận việc")
    ANSWERED = "answered", _("Vướng mắc được trả lời")
    DATED = "dated", _("Được đặt thời hạn")
    SPECIAL_RED = "special_red", _("Báo động đỏ đặc biệt")
    RED = "red", _("Báo động đỏ")
    OVERDUE = "overdue", pgettext_lazy("thông báo", "Quá hạn")
    DUE_1 = "due_1", _("Nhắc hạn 1 ngày")
    DUE_3 = "due_3", _("Nhắc hạn 3 ngày")
    YELLOW = "yellow", _("Báo động vàng")
    DUE_7 = "due_7", _("Nhắc hạn 7 ngày")
    STILL_RETURNED = "still_returned", _("Bị trả lại, chưa báo cáo lại")
    CHANGED = "changed", _("Tạm dừng, tiếp tục, thôi giao")
    AWAITING = "awaiting", _("Báo cáo chờ xác nhận")
    ASKED = "asked", _("Đề nghị, vướng mắc chờ trả lời")
    REVIEW = "review", _("Đến ngày xem lại")
    UNMANNED = "unmanned", _("Đơn vị chưa có người chịu trách nhiệm")
    NEW = "new", _("Chưa tiếp nhận")


# Mailed at once in office hours; the rest waits for the morning's digest.
IMMEDIATE = frozenset(
    {
        NoticeKind.INSTRUCTED,
        NoticeKind.EXPLAIN,
        NoticeKind.URGED,
        NoticeKind.RETURNED,
        NoticeKind.HANDED_BACK,
        NoticeKind.ASSIGNED,
        NoticeKind.LEFT_OVER,
        NoticeKind.REFUSED,
        NoticeKind.EXTENDED,
        NoticeKind.LET_OFF,
        NoticeKind.ANSWERED,
        NoticeKind.DATED,
    }
)
# As what each thing said to a unit is told.
TOLD_AS = {
    UrgingKind.URGE: NoticeKind.URGED,
    UrgingKind.EXPLAIN: NoticeKind.EXPLAIN,
    UrgingKind.INSTRUCT: NoticeKind.INSTRUCTED,
}
# Told once for what happened; the rest is told again each working morning while it is so.
TOLD_ONCE = IMMEDIATE | {NoticeKind.NEW, NoticeKind.CHANGED}
# What no later morning says anew, and so stays unread until it is read.
LASTING = IMMEDIATE | {NoticeKind.CHANGED}
