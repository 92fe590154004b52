"""What waits for this person and what they watch: lines that add up to the heading, the most overdue first."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directives import compliance, lifecycle, rendering
from directives.compliance import LateWork, Stage, Tally
from directives.enums import DirectiveState
from directives.templatetags.wording import number
from directives.views.tracking.loading import working_days_since
from directives.views.tracking.owed import WORDS
from units import clock

LATE_DOCUMENTS, PAPERS = 3, 3
# The order of the list: what is late before what waits, what can wait last.
TONES = ("over", "wait", "soon", "run")


@dataclass(frozen=True)
class Item:
    """A line, of `count` things that stand in no other line, but for work of which an answer is owed.

    `counts` says whether it waits for this person, or is only worth knowing.
    """

    tone: str
    glyph: str
    count: int
    title: str
    text: str
    url: str
    action: str
    counts: bool = True


@dataclass(frozen=True)
class Todo:
    """The lines; how many units' works are late that the person only watches; how much stands in two lines."""

    items: list[Item]
    watched: int
    twice: int

    @property
    def due(self) -> list[Item]:
        return [item for item in self.items if item.counts]

    @property
    def followed(self) -> list[Item]:
        return [item for item in self.items if not item.counts]

    @property
    def waiting(self) -> int:
        """What there is to do, each piece of work once."""
        return sum(item.count for item in self.due) - self.twice


def todo(user, day) -> Todo:
    """Five queries at most: the desk, since when reports wait, the days off since then, the documents of which others owe
    work late, the documents on their way."""
    desk = compliance.desk(user, day)
    late = compliance.late_work(user, day, limit=2 * LATE_DOCUMENTS) if desk.others_late else LateWork()
    own = list(_own_work(desk))
    items = [
        *_late(late, among=late.all + desk.my_overdue),
        *own,
        *_reports(desk),
        *_asked(desk),
        *_instructed(desk),
        *_unmanned(desk),
        *_papers(user),
    ]
    twice = sum(item.count for item in own if item.counts) - desk.my_work
    return Todo(_sorted(items), late.watched, twice)


def _sorted(items):
    return sorted(items, key=lambda item: (not item.counts, TONES.index(item.tone)))


def _own_work(desk) -> Iterator[Item]:
    """What came back and is late or due soon is told in that line, what came back besides in its own.

    An answer is owed beside the work: it has a line of its own, whatever stands in the others.
    """
    yield from _words(desk)
    if n := desk.my_overdue:
        title = ngettext("%(n)s phần việc của đơn vị đã quá hạn", "%(n)s phần việc của đơn vị đã quá hạn", n)
        text = _("Báo cáo hoàn thành, kể cả khi đã trễ.")
        text = " ".join([text, *_came_back(desk.my_late_returned)])
        yield _own("over", "!", n, title, Tally.overdue.slug, text)
    if n := desk.my_returned - desk.my_late_returned - desk.my_soon_returned:
        title = ngettext(
            "%(n)s báo cáo bị trả lại, chưa đến hạn", "%(n)s báo cáo bị trả lại, chưa đến hạn", n
        )
        text = _("Bổ sung theo lý do trả lại rồi báo cáo lại.")
        yield _own("soon", "↩", n, title, Tally.returned_later.slug, text)
    if n := desk.my_due_soon:
        title = ngettext(
            "%(n)s phần việc đến hạn trong 7 ngày tới", "%(n)s phần việc đến hạn trong 7 ngày tới", n
        )
        text = " ".join(_came_back(desk.my_soon_returned))
        yield _own("soon", "◔", n, title, Tally.due_soon.slug, text)
    if n := desk.my_awaiting:
        title = ngettext("%(n)s báo cáo đang chờ xác nhận", "%(n)s báo cáo đang chờ xác nhận", n) % {
            "n": number(n)
        }
        text = _("Cơ quan giao việc chưa quyết định.")
        url = f"{reverse('assignment-list')}?tinh-trang={Tally.awaiting.slug}"
        yield Item("wait", "◐", n, title, text, url, _("Xem"), counts=False)


def _words(desk) -> Iterator[Item]:
    """What the Office and its leader said to the unit, and wait to be answered."""
    if n := desk.my_words:
        title = ngettext(
            "%(n)s phần việc có đôn đốc, chỉ đạo chờ đơn vị trả lời",
            "%(n)s phần việc có đôn đốc, chỉ đạo chờ đơn vị trả lời",
            n,
        )
        text = " ".join(_past_reply(desk.my_words_late))
        yield _own("over" if desk.my_words_late else "wait", "?", n, title, WORDS.word, text)


def _past_reply(n) -> Iterator[str]:
    if n:
        yield ngettext("%(n)s đã quá ngày phải trả lời.", "%(n)s đã quá ngày phải trả lời.", n) % {
            "n": number(n)
        }


def _came_back(n) -> Iterator[str]:
    if n:
        told = ngettext(
            "Trong đó %(n)s báo cáo bị trả lại, cần bổ sung theo lý do trả lại.",
            "Trong đó %(n)s báo cáo bị trả lại, cần bổ sung theo lý do trả lại.",
            n,
        )
        yield told % {"n": number(n)}


def _own(tone, glyph, count, title, slug, text):
    url = f"{reverse('assignment-list')}?tinh-trang={slug}"
    return Item(tone, glyph, count, title % {"n": number(count)}, text, url, _("Mở nhiệm vụ"))


def _late(late, *, among) -> Iterator[Item]:
    """For those who follow what others owe; the unit that owes it has its own lines."""
    given = [(one, one.given) for one in late.documents if one.given][:LATE_DOCUMENTS]
    watched = [(one, one.watched) for one in late.documents if one.watched][:LATE_DOCUMENTS]
    yield from _late_lines(given, of=late.given, among=among, counts=True)
    yield from _late_lines(watched, of=late.watched, among=among, counts=False)


def _late_lines(documents, *, of, among, counts):
    """A line for each document and one for what is late elsewhere."""
    for document, late in documents:
        yield _late_document(document, late, counts)
    if others := of - sum(late for _document, late in documents):
        title = ngettext(
            "%(n)s phần việc quá hạn ở văn bản khác", "%(n)s phần việc quá hạn ở văn bản khác", others
        ) % {"n": number(others)}
        action = ngettext("Xem cả %(n)s phần việc", "Xem cả %(n)s phần việc", among) % {"n": number(among)}
        url = f"{reverse('figures-rows')}?chi-tieu={Tally.overdue.slug}"
        yield Item("over", "!", others, title, "", url, action, counts)


def _late_document(document, late, counts):
    """What the person's office gave can be urged at once; what they only watch can be looked at."""
    title = ngettext("%(n)s phần việc quá hạn", "%(n)s phần việc quá hạn", late) % {"n": number(late)}
    text = f"{document.code} · {rendering.subject(document)}"
    if counts:
        url = f"{reverse('overdue-list')}?van-ban={document.directive_id}"
        return Item("over", "!", late, title, text, url, _("Xem và đôn đốc"), counts)
    address = reverse("directive-detail", args=[document.directive_id])
    url = f"{address}?tinh-trang={Tally.overdue.slug}#ma-tran"
    return Item("over", "!", late, title, text, url, _("Xem ai đang chậm"), counts)


def _reports(desk) -> Iterator[Item]:
    """How long the oldest has waited is counted as in the queue: one query, none when it came today."""
    if not desk.to_decide:
        return
    n = desk.to_decide
    title = ngettext("%(n)s báo cáo chờ xác nhận", "%(n)s báo cáo chờ xác nhận", n) % {"n": number(n)}
    action = ngettext("Xem %(n)s báo cáo", "Xem %(n)s báo cáo", n) % {"n": number(n)}
    yield Item("wait", "◐", n, title, _waited(desk.waiting_on), reverse("queue"), action)


def _asked(desk) -> Iterator[Item]:
    """What units ask for, what stands in their way, and what somebody must look at again."""
    if n := desk.to_answer:
        title = ngettext("%(n)s đề nghị chờ trả lời", "%(n)s đề nghị chờ trả lời", n) % {"n": number(n)}
        text = _("Xin gia hạn, hoặc báo không thuộc chức năng.")
        yield Item("wait", "?", n, title, text, reverse("request-list"), _("Xem và trả lời"))
    if n := desk.to_clear:
        title = ngettext(
            "%(n)s phần việc có vướng mắc chờ trả lời", "%(n)s phần việc có vướng mắc chờ trả lời", n
        )
        yield Item(
            "wait", "?", n, title % {"n": number(n)}, "", reverse("obstacle-list"), _("Xem và trả lời")
        )
    if n := desk.to_review:
        title = ngettext("%(n)s phần việc cần xem lại", "%(n)s phần việc cần xem lại", n) % {"n": number(n)}
        text = _("Không có thời hạn, hoặc tạm dừng đã đến ngày xem lại.")
        yield Item("wait", "◌", n, title, text, reverse("undated-list"), _("Xem và quyết định"))


def _instructed(desk) -> Iterator[Item]:
    """What the leader said waits for the units."""
    if n := desk.instructed:
        title = ngettext(
            "%(n)s chỉ đạo, yêu cầu giải trình chưa được trả lời",
            "%(n)s chỉ đạo, yêu cầu giải trình chưa được trả lời",
            n,
        )
        text = " ".join(_past_reply(desk.instructed_late))
        tone = "over" if desk.instructed_late else "wait"
        url = f"{reverse('urging-list')}?loai=da-chi-dao"
        yield Item(tone, "?", n, title % {"n": number(n)}, text, url, _("Xem"), counts=False)


def _unmanned(desk) -> Iterator[Item]:
    """Nobody of these units is told anything: whoever follows their work has it seen to."""
    if n := desk.unmanned:
        title = ngettext(
            "%(n)s đơn vị chưa có người chịu trách nhiệm", "%(n)s đơn vị chưa có người chịu trách nhiệm", n
        )
        text = _("Có việc đang mở mà hôm nay không có thủ trưởng, cấp phó nào.")
        yield Item(
            "over", "!", n, title % {"n": number(n)}, text, reverse("unmanned-list"), _("Xem"), counts=False
        )


def _waited(since):
    """Sent on Friday and looked at on Sunday, it is not of today, and has waited for no working day."""
    if since == clock.today():
        return _("Mới gửi hôm nay.")
    days = working_days_since([since]).get(since, 0)
    told = ngettext(
        "Lâu nhất đã chờ %(days)s ngày làm việc.", "Lâu nhất đã chờ %(days)s ngày làm việc.", days
    )
    return told % {"days": number(days)}


def _papers(user) -> Iterator[Item]:
    """Documents on their way, the nearest to issue first; of many at one stage, some and a line for the rest."""
    found = compliance.papers(user, PAPERS)
    for (stage, _office), some in groupby(found, key=lambda paper: (paper.stage, paper.office_id)):
        shown = list(some)
        many = shown[0].among > PAPERS
        if many and stage == Stage.DRAFT:
            yield _drafts(shown[0].among)
            continue
        lines = [_paper(user, directive) for directive in shown]
        yield from lines
        if many:
            yield _rest(lines[-1], shown[0])


def _paper(user, directive):
    name, verbs = (
        rendering.subject(directive) or _("Chưa có trích yếu."),
        lifecycle.allowed_verbs(user, directive),
    )
    preview, edit = _at("directive-preview", directive), _at("directive-edit", directive)
    if "sign" in verbs:
        return Item("wait", "✓", 1, _("Văn bản chờ ký"), name, preview, _("Xem và ký"))
    if "issue" in verbs:
        issue = _at("directive-issue", directive)
        return Item("soon", "→", 1, _("Đã ký, chưa phát hành"), name, issue, _("Phát hành"))
    if directive.stage == Stage.SENT_BACK:
        return Item("soon", "↩", 1, _("Lãnh đạo trả lại"), name, edit, _("Sửa để trình lại"))
    if directive.stage == Stage.DRAFT:
        return Item("run", "○", 1, _("Dự thảo"), name, edit, _("Soạn tiếp"))
    title = _("Đã trình, chờ ký") if directive.stage == Stage.SUBMITTED else _("Đã ký, chờ phát hành")
    return Item("run", "◐", 1, title, name, preview, _("Xem"), counts=False)


def _drafts(n):
    title = ngettext("%(n)s dự thảo đang soạn", "%(n)s dự thảo đang soạn", n) % {"n": number(n)}
    return Item("run", "○", n, title, "", _listed(DirectiveState.DRAFT), _("Xem tất cả dự thảo"))


def _rest(line, directive):
    """As the lines above it, for the documents of this stage that have none of their own."""
    n = directive.among - PAPERS
    title = ngettext("%(title)s: %(n)s văn bản nữa", "%(title)s: %(n)s văn bản nữa", n)
    title %= {"title": line.title, "n": number(n)}
    return replace(line, count=n, title=title, text="", url=_listed(directive.state), action=_("Xem tất cả"))


def _listed(state):
    return f"{reverse('directive-list')}?tinh-trang={state}"


def _at(name, directive):
    return reverse(name, args=[directive.pk])
