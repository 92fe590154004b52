"""The list "Cần xử lý ngay": one line for each thing that waits for this person, the latest first."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directives import compliance, lifecycle, rendering, rules
from directives.compliance import Stage, Tally
from directives.enums import DirectiveState

LATE_DOCUMENTS, PAPERS = 3, 3
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


def todo(user, day, desk, tracked) -> Todo:
    """One query: the documents on their way."""
    papers = list(_papers(user))
    waiting = (
        desk.mine + desk.to_decide + desk.given_overdue + sum(item.count for item in papers if item.counts)
    )
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
    title = ngettext("%(n)d dự thảo đang soạn", "%(n)d dự thảo đang soạn", n) % {"n": n}
    return Item("run", "○", n, title, "", _listed(DirectiveState.DRAFT), _("Xem tất cả dự thảo"))


def _rest(line, directive):
    """As the lines above it, for the documents of this stage that have none of their own."""
    n = directive.among - PAPERS
    title = ngettext("%(title)s: %(n)d văn bản nữa", "%(title)s: %(n)d văn bản nữa", n)
    title %= {"title": line.title, "n": n}
    return replace(line, count=n, title=title, text="", url=_listed(directive.state), action=_("Xem tất cả"))


def _listed(state):
    return f"{reverse('directive-list')}?tinh-trang={state}"


def _at(name, directive):
    return reverse(name, args=[directive.pk])
