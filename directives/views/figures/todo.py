"""The list "Cần xử lý ngay": one line for each thing that waits for this person, the latest first."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directives import lifecycle, rendering, rules
from directives.compliance import Tally
from directives.enums import DirectiveState

LATE_DOCUMENTS = 3
# The order of the list: what is late before what waits, what can wait last.
TONES = ("over", "wait", "soon", "run")


@dataclass(frozen=True)
class Item:
    """A line of the list. `counts` says whether it waits for this person, or is only worth knowing.

    The lines overlap (what is late may have come back too): `waiting` counts each thing once.
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
    """The lines; how many things wait for this person; how many others owe late that they only watch."""

    items: list[Item]
    waiting: int
    watched: int


def todo(user, day, desk, tracked, unpublished) -> Todo:
    """No query by itself but the one behind `unpublished`."""
    papers = list(_papers(user, unpublished))
    waiting = desk.mine + desk.to_decide + desk.given_overdue + sum(item.counts for item in papers)
    watched = desk.overdue if rules.follows_others(user) and not waiting else 0
    return Todo(
        _sorted([*_late(user, desk, tracked), *_own_work(desk), *_reports(day, desk), *papers]),
        waiting,
        watched,
    )


def _sorted(items):
    return sorted(items, key=lambda item: (not item.counts, TONES.index(item.tone)))


def _own_work(desk) -> Iterator[Item]:
    tasks = reverse("assignment-list")
    if desk.my_overdue:
        title = ngettext(
            "%(n)d phần việc của đơn vị đã quá hạn", "%(n)d phần việc của đơn vị đã quá hạn", desk.my_overdue
        )
        yield _own(
            "over",
            "!",
            desk.my_overdue,
            title,
            Tally.overdue.slug,
            _("Báo cáo hoàn thành, kể cả khi đã trễ."),
        )
    if desk.my_returned:
        title = ngettext("%(n)d báo cáo bị trả lại", "%(n)d báo cáo bị trả lại", desk.my_returned)
        text = _("Bổ sung theo lý do trả lại rồi báo cáo lại.")
        yield _own("soon", "↩", desk.my_returned, title, Tally.returned.slug, text)
    if desk.my_due_soon:
        title = ngettext(
            "%(n)d phần việc đến hạn trong 7 ngày tới",
            "%(n)d phần việc đến hạn trong 7 ngày tới",
            desk.my_due_soon,
        )
        yield _own("soon", "◔", desk.my_due_soon, title, Tally.due_soon.slug, "")
    if desk.my_awaiting:
        title = ngettext(
            "%(n)d báo cáo đang chờ xác nhận", "%(n)d báo cáo đang chờ xác nhận", desk.my_awaiting
        ) % {"n": desk.my_awaiting}
        text = _("Cơ quan giao việc chưa quyết định.")
        url = f"{tasks}?tinh-trang={Tally.awaiting.slug}"
        yield Item("wait", "◐", desk.my_awaiting, title, text, url, _("Xem"), counts=False)


def _own(tone, glyph, count, title, slug, text):
    url = f"{reverse('assignment-list')}?tinh-trang={slug}"
    return Item(tone, glyph, count, title % {"n": count}, text, url, _("Mở nhiệm vụ"))


def _late(user, desk, tracked) -> Iterator[Item]:
    """For those who follow what others owe; the unit that owes it has its own lines."""
    if not rules.follows_others(user):
        return
    documents = [one for one in tracked if one.tally.overdue][:LATE_DOCUMENTS]
    yield from _late_documents(documents, counts=bool(desk.given_overdue))
    others = desk.overdue - sum(one.tally.overdue for one in documents)
    if others:
        title = ngettext(
            "%(n)d phần việc quá hạn ở văn bản khác", "%(n)d phần việc quá hạn ở văn bản khác", others
        )
        action = ngettext("Xem cả %(n)d phần việc", "Xem cả %(n)d phần việc", desk.overdue) % {
            "n": desk.overdue
        }
        url = f"{reverse('figures-rows')}?chi-tieu={Tally.overdue.slug}"
        yield Item(
            "over", "!", others, title % {"n": others}, "", url, action, counts=bool(desk.given_overdue)
        )


def _late_documents(documents, *, counts):
    for one in documents:
        late = one.tally.overdue
        title = ngettext("%(n)d phần việc quá hạn", "%(n)d phần việc quá hạn", late) % {"n": late}
        url = (
            f"{reverse('directive-detail', args=[one.directive_id])}?tinh-trang={Tally.overdue.slug}#ma-tran"
        )
        yield Item(
            "over",
            "!",
            late,
            title,
            f"{one.code} · {rendering.subject(one)}",
            url,
            _("Xem ai đang chậm"),
            counts,
        )


def _reports(day, desk) -> Iterator[Item]:
    if not desk.to_decide:
        return
    n, waited = desk.to_decide, (day - desk.waiting_on).days
    title = ngettext("%(n)d báo cáo chờ xác nhận", "%(n)d báo cáo chờ xác nhận", n) % {"n": n}
    text = ngettext("Lâu nhất đã chờ %(days)d ngày.", "Lâu nhất đã chờ %(days)d ngày.", waited) % {
        "days": waited
    }
    action = ngettext("Xem %(n)d báo cáo", "Xem %(n)d báo cáo", n) % {"n": n}
    yield Item("wait", "◐", n, title, text if waited else _("Mới gửi hôm nay."), reverse("queue"), action)


def _papers(user, unpublished) -> Iterator[Item]:
    """Documents on their way: to sign, to issue, being written, waiting for somebody else."""
    for directive in unpublished:
        verbs = lifecycle.allowed_verbs(user, directive)
        yield _paper(directive, verbs)


def _paper(directive, verbs):
    name = rendering.subject(directive) or _("Chưa có trích yếu.")
    if "sign" in verbs:
        return Item(
            "wait", "✓", 1, _("Văn bản chờ ký"), name, _at("directive-preview", directive), _("Xem và ký")
        )
    if "issue" in verbs:
        return Item(
            "soon",
            "→",
            1,
            _("Đã ký, chưa phát hành"),
            name,
            _at("directive-issue", directive),
            _("Phát hành"),
        )
    if directive.state == DirectiveState.DRAFT and directive.last_move == "send_back":
        edit = _at("directive-edit", directive)
        return Item("soon", "↩", 1, _("Lãnh đạo trả lại"), name, edit, _("Sửa để trình lại"))
    if directive.state == DirectiveState.DRAFT:
        return Item("run", "○", 1, _("Dự thảo"), name, _at("directive-edit", directive), _("Soạn tiếp"))
    title = (
        _("Đã trình, chờ ký") if directive.state == DirectiveState.SUBMITTED else _("Đã ký, chờ phát hành")
    )
    return Item("run", "◐", 1, title, name, _at("directive-preview", directive), _("Xem"), counts=False)


def _at(name, directive):
    return reverse(name, args=[directive.pk])
