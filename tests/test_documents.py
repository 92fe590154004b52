"""The list of documents, one document with its matrix, its chain and its history."""

import re
import unicodedata
from datetime import date, timedelta
from functools import partial

import pytest
from django.test import Client

from directives import issuing, tracking
from directives.compliance import LINES, UNITS_PER_PAGE
from directives.enums import Duty, Purpose, Relation
from directives.models import Addressee, Assignment, Attachment, Citation, Directive, Task, TaskUnit
from directives.templatetags.matrix import PLACE
from tests.factories import Office, assignments_of, make_unit, make_user
from tests.figures_world import counted, html
from tests.figures_world import get as page
from units import clock
from units.enums import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office(rooms=3)


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(directive) -> str:
    return f"/van-ban/{directive.pk}/"


def record(office, **fields):
    """An earlier document, entered with the number and date printed on it."""
    fields = {"number": "254", "issued_on": date(2024, 1, 19), "title": "về thông tin đối ngoại"} | fields
    printed = {name: fields.pop(name) for name in ("notation", "notation_style") if name in fields}
    directive = office.draft(tasks=fields.pop("tasks", 0), to=fields.pop("to", []), **fields)
    for name, value in printed.items():
        setattr(directive, name, value)
    directive.save()
    return issuing.record(directive, by=office.clerk)


# --- The list ----------------------------------------------------------------------------------


def codes(answer):
    return [entry.directive.code for entry in answer.context["entries"]]


def test_drafts_come_first_and_then_the_newest(office):
    old = record(office)
    issued = office.issue(title="Việc mới")
    office.draft(title="Còn đang soạn")
    listed = page(office.clerk, "/van-ban/").context["entries"]
    assert [entry.directive.pk for entry in listed][1:] == [issued.pk, old.pk]
    assert listed[0].directive.title == "Còn đang soạn"
    assert codes(page(office.heads[office.rooms[0]], "/van-ban/")) == [issued.code]


@pytest.mark.parametrize(
    "text",
    ["ke hoach 254", "254 KH", "254-KH/TU", "Kế hoạch 254-KH/TU", "đối ngoại", "DOI NGOAI 254", "sở số"],
)
def test_search_asks_for_every_word_without_marks(office, text):
    found = record(office, kind="plan", notation="KH/TU", notation_style="party")
    office.issue(title="V/v báo cáo khác")
    for form in ("NFC", "NFD"):
        answer = page(office.clerk, "/van-ban/", q=unicodedata.normalize(form, text))
        assert found.code in codes(answer)
    assert codes(page(office.clerk, "/van-ban/", q=f"{text} zzz")) == []


def test_the_letter_d_with_stroke_is_found_as_d(office):
    directive = office.issue(title="Đẩy mạnh đấu tranh")
    assert codes(page(office.clerk, "/van-ban/", q="day manh dau tranh")) == [directive.code]


def test_filters_stand_in_the_address(office):
    plan = record(office, kind="plan")
    letter = office.issue()
    for query, expected in [
        ({"loai": "plan"}, [plan.code]),
        ({"nam": "2024"}, [plan.code]),
        ({"nam": str(clock.today().year)}, [letter.code]),
        ({"tinh-trang": "issued"}, [letter.code, plan.code]),
        ({"tinh-trang": "revoked"}, []),
        ({"co-quan": str(office.unit.pk)}, [letter.code, plan.code]),
        ({"co-quan": "999999"}, []),
    ]:
        assert codes(page(office.clerk, "/van-ban/", **query)) == expected, query


def test_a_wrong_filter_is_said_at_its_field_and_narrows_nothing(office):
    directive = office.issue()
    answer = page(office.clerk, "/van-ban/", nam="năm ngoái", loai="không có")
    assert codes(answer) == [directive.code]
    assert set(answer.context["form"].errors) == {"year", "kind"}


def test_the_list_turns_over_without_losing_or_repeating(office):
    wanted = [office.issue(tasks=1, to=office.rooms[:1]).pk for _ in range(23)]
    wanted += [office.draft().pk for _ in range(3)]
    seen, address = [], "/van-ban/"
    while address:
        answer = browser(office.clerk).get(address)
        seen += [entry.directive.pk for entry in answer.context["entries"]]
        address = answer.context["next_url"] and f"/van-ban/{answer.context['next_url']}"
    assert sorted(seen) == sorted(wanted)
    assert seen[:3] == sorted(wanted[23:], reverse=True)


def test_an_empty_list_says_what_is_true(office):
    assert "Chưa có văn bản nào" in html(page(office.leader, "/van-ban/"))
    office.issue()
    assert "Không có văn bản nào khớp" in html(page(office.leader, "/van-ban/", q="khongco"))


@pytest.mark.parametrize("who", ["clerk", "leader", "monitor"])
def test_the_list_takes_four_queries_for_one_and_for_three(office, who):
    office.issue()
    one = counted(getattr(office, who), "/van-ban/")
    office.issue(tasks=4), office.issue()
    three = counted(getattr(office, who), "/van-ban/")
    assert len(three.context["entries"]) == 3
    assert one.queries == three.queries <= 4


def test_the_list_counts_the_own_rows_alone(office):
    directive = office.issue(tasks=2)
    office.accept(assignments_of(directive)[0])
    mine, twin = office.rooms[0], office.rooms[1]
    (entry,) = page(office.heads[twin], "/van-ban/").context["entries"]
    assert (entry.tally.total, entry.tally.done) == (2, 0)
    (entry,) = page(office.heads[mine], "/van-ban/").context["entries"]
    assert (entry.tally.total, entry.tally.done) == (2, 1)
    (entry,) = page(office.leader, "/van-ban/").context["entries"]
    assert (entry.tally.total, entry.tally.done) == (6, 1)


# --- Who may open what -------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["", "?day-du=1", "ma-tran.xlsx", "nhat-ky/"])
def test_a_stranger_gets_404(office, address):
    directive = office.issue()
    strangers = [
        Office().leader,
        Office().heads.popitem()[1],
        make_user(Role.ADMIN, office.unit),
        make_user(),
    ]
    for stranger in strangers:
        assert browser(stranger).get(at(directive) + address).status_code == 404
    assert Client().get(at(directive) + address).status_code == 302


def test_a_receiver_sees_the_text_and_its_own_rows_alone(office):
    directive = office.issue(tasks=2)
    mine, other = office.rooms[:2]
    answer = page(office.heads[mine], at(directive))
    assert [row.name for row in answer.context["matrix"].rows] == [mine.name]
    assert answer.context["tally"].total == 2
    assert other.name not in html(answer)


def test_a_draft_leads_to_where_it_is_made(office):
    draft = office.draft()
    assert browser(office.clerk).get(at(draft)).headers["Location"] == f"{at(draft)}soan/"
    assert browser(office.leader).get(at(draft)).status_code == 404
    issuing.submit(draft, by=office.clerk)
    assert browser(office.leader).get(at(draft)).headers["Location"] == f"{at(draft)}xem-truoc/"
    assert browser(office.clerk).get(f"{at(draft)}ma-tran.xlsx").status_code == 404


# --- The matrix --------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["clerk", "leader", "monitor"])
def test_the_page_takes_seven_queries_whatever_its_size(office, who):
    small = office.issue(tasks=1, to=office.rooms[:1])
    large = office.issue(tasks=12)
    cite = partial(Citation.objects.create, code="1/KH", cited=record(office))
    cite(directive=small), cite(directive=large)
    Attachment.objects.create(directive=large, kind="original", file="a", file_name="a.pdf", size=1)
    asked = [counted(getattr(office, who), at(one)).queries for one in (small, large)]
    assert asked[0] == asked[1] <= 7
    assert counted(getattr(office, who), at(record(office, number="7"))).queries <= 7


def test_late_units_come_first_within_their_group(office):
    with clock.travel(clock.now() - timedelta(days=20)):
        directive = office.issue(tasks=1, due_in=10)
    office.accept(assignments_of(directive)[0])
    rows = page(office.monitor, at(directive)).context["matrix"].rows
    assert [row.unit_id for row in rows] == [room.pk for room in [*office.rooms[1:], office.rooms[0]]]
    assert [row.tally.overdue for row in rows] == [1, 1, 0]


def test_units_that_took_work_over_stand_last_in_one_order(office):
    one, other = (make_unit(parent=office.unit) for _ in range(2))
    first, *_, last = assignments_of(office.issue(tasks=2))
    tracking.transfer(first, by=office.monitor, unit=other, reason="Đúng chức năng")
    tracking.transfer(last, by=office.monitor, unit=one, reason="Đúng chức năng")
    rows = page(office.monitor, at(first.directive)).context["matrix"].rows
    assert [row.unit_id for row in rows][-2:] == [one.pk, other.pk]


def test_a_cell_says_it_in_words_and_links_to_its_history(office):
    with clock.travel(clock.now() - timedelta(days=20)):
        directive = office.issue(tasks=1, due_in=10)
    (first, *_) = assignments_of(directive)
    shown = html(page(office.monitor, at(directive)))
    link = f'<a href="{at(directive)}o/{first.unit_id}/{first.task_id}/" data-g="!">Quá hạn 10 ngày</a>'
    assert f'<td class="c-over">{link}</td>' in shown


def test_what_is_not_given_is_hatched_and_support_is_marked(office):
    directive = office.draft(tasks=2)
    named = directive.tasks.first()
    TaskUnit.objects.create(task=named, unit=office.rooms[0], duty=Duty.LEAD)
    TaskUnit.objects.create(task=named, unit=office.rooms[1], duty=Duty.SUPPORT)
    issuing.submit(directive, by=office.clerk)
    issuing.sign(directive, by=office.leader)
    shown = html(page(office.monitor, at(issuing.issue(directive, by=office.clerk))))
    assert shown.count('<td class="c-na"><span data-g="–">Không giao</span></td>') == 1
    assert shown.count("· phối hợp</a>") == 1


def test_a_report_that_came_late_has_the_red_corner(office):
    with clock.travel(clock.now() - timedelta(days=20)):
        directive = office.issue(tasks=1, due_in=10)
    office.report(assignments_of(directive)[0])
    assert 'class="c-waitover"' in html(page(office.monitor, at(directive)))


def test_nine_tasks_make_the_dense_form(office):
    wide, dense = office.issue(tasks=8), office.issue(tasks=9)
    assert '<table class="mx">' in html(page(office.monitor, at(wide)))
    shown = html(page(office.monitor, at(dense)))
    assert '<table class="mx k">' in shown
    assert shown.count('aria-label="Còn 30 ngày">○</a>') == 27


def test_the_whole_for_print_has_symbols_without_links_or_words_and_says_what_they_mean(office):
    shown = html(page(office.monitor, at(office.issue(tasks=9)), **{"day-du": "1"}))
    assert "/o/" not in shown
    assert shown.count('<td class="c-run">○</td>') == 27
    assert "ký hiệu như chú giải" in shown
    assert '<span class="sw c-run">○</span> Trong hạn' in shown, "the legend reads its symbols out"


def test_a_hundred_units_a_page(office):
    rooms = [make_unit(parent=office.unit) for _ in range(UNITS_PER_PAGE + 1)]
    directive = office.issue(tasks=1, to=rooms)
    first, second = page(office.monitor, at(directive)), page(office.monitor, at(directive), trang="2")
    whole = page(office.monitor, at(directive), **{"day-du": "1"})
    shown = [len(answer.context["matrix"].rows) for answer in (first, second, whole)]
    assert shown == [UNITS_PER_PAGE, 1, UNITS_PER_PAGE + 1]
    assert first.context["tally"] == second.context["tally"] == whole.context["tally"]
    assert page(office.monitor, at(directive), trang="x").status_code == 200


def test_the_legend_filters_to_exactly_what_it_counts(office):
    with clock.travel(clock.now() - timedelta(days=20)):
        directive = office.issue(tasks=2, due_in=10)
    office.accept(assignments_of(directive)[0])
    answer = page(office.monitor, at(directive))
    links = re.findall(r'href="\?tinh-trang=([\w-]+)#ma-tran".*?<b>(\d+)</b>', html(answer), re.S)
    assert {slug for slug, _ in links} == {"qua-han", "hoan-thanh-qua-han"}
    for slug, count in links:
        shown = page(office.monitor, at(directive), **{"tinh-trang": slug})
        assert html(shown).count(f"{at(directive)}o/") == int(count)
        assert shown.context["line"] is LINES[slug]


def test_a_name_cannot_become_markup(office):
    bad = make_unit("<script>alert(1)</script>", parent=office.unit)
    directive = office.draft(tasks=1, to=[bad], title=f"<b>Trích yếu</b> {PLACE}")
    Task.objects.update(text="<img src=x>")
    issuing.submit(directive, by=office.clerk)
    issuing.sign(directive, by=office.leader)
    issuing.issue(directive, by=office.clerk)
    for query in ({}, {"day-du": "1"}):
        shown = html(page(office.monitor, at(directive), **query))
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert PLACE not in shown
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown


def test_a_document_without_tasks_shows_its_text_and_who_carries_it_out(office):
    directive = record(office, body="Điều 1. Tổ chức thực hiện.", to=office.rooms[:1])
    shown = html(page(office.monitor, at(directive)))
    assert "Điều 1. Tổ chức thực hiện." in shown
    assert office.rooms[0].name in shown
    assert "<table" not in shown


# --- The chain ---------------------------------------------------------------------------------


def cite(citing, cited, relation=Relation.BASED_ON):
    return Citation.objects.create(
        directive=citing, cited=cited, code=cited.code, dated_on=cited.issued_on, relation=relation
    )


def chain(user, directive):
    return [link.code for link in page(user, at(directive)).context["chain"]]


def test_basis_documents_stand_from_the_highest_level_down(office):
    top = record(office, number="57", issued_on=date(2023, 6, 15))
    middle = record(office, number="254", issued_on=date(2024, 1, 19))
    mentioned = record(office, number="9", issued_on=date(2024, 2, 1))
    directive = office.issue()
    cite(middle, top)
    cite(directive, middle, Relation.IMPLEMENTS)
    cite(directive, mentioned, Relation.MENTIONS)
    Citation.objects.create(
        directive=directive, code="12/NQ-CP", kind="Nghị quyết", dated_on=date(2024, 1, 2)
    )
    assert chain(office.clerk, directive) == [top.code, "12/NQ-CP", middle.code]


def test_a_circle_of_citations_ends(office):
    one, two = record(office, number="1"), record(office, number="2")
    cite(one, two)
    cite(two, one)
    assert chain(office.clerk, one) == [two.code]


def test_a_receiver_sees_the_headers_that_are_cited_and_no_further(office):
    top = record(office, number="57", issued_on=date(2023, 6, 15), title="Kết luận của cấp trên")
    middle = record(office, number="254", issued_on=date(2024, 1, 19))
    directive = office.issue()
    cite(middle, top)
    cite(directive, middle)
    head = office.heads[office.rooms[0]]
    answer = page(head, at(directive))
    assert [link.code for link in answer.context["chain"]] == [middle.code]
    assert f'href="{at(middle)}"' not in html(answer)
    assert chain(office.clerk, directive) == [top.code, middle.code]


# --- Files and history -------------------------------------------------------------------------


def test_files_of_the_document_are_listed_with_it(office):
    directive = office.issue()
    name = 'Bản ký, "đóng dấu", 1.pdf'
    kept = Attachment.objects.create(directive=directive, kind="scan", file="a", file_name=name, size=214_000)
    shown = html(page(office.heads[office.rooms[0]], at(directive)))
    assert f'href="/tep/van-ban/{kept.pk}/"' in shown
    assert "Bản ký, &quot;đóng dấu&quot;, 1.pdf" in shown


def verbs(user, directive):
    return [event.verb for event in page(user, f"{at(directive)}nhat-ky/").context["events"]]


def test_the_history_shows_each_person_what_concerns_them(office):
    directive = office.issue(tasks=1)
    mine, other, _ = assignments_of(directive)
    office.accept(mine)
    office.report(other)
    assert verbs(office.leader, directive) == ["report", "accept", "report", "issue", "sign", "submit"]
    assert verbs(office.head_of(mine), directive) == ["accept", "report", "issue"]
    assert verbs(office.head_of(other), directive) == ["report", "issue"]


def test_an_addressee_for_information_sees_the_text_and_no_rows(office):
    directive = office.draft()
    Addressee.objects.create(directive=directive, unit=office.room, text="Văn phòng", purpose=Purpose.REPORT)
    issuing.submit(directive, by=office.clerk)
    issuing.sign(directive, by=office.leader)
    issuing.issue(directive, by=office.clerk)
    answer = page(office.heads[office.room], at(directive))
    assert answer.status_code == 200
    assert answer.context["matrix"].rows == []
    assert Assignment.objects.filter(directive=directive).exists()


def test_a_closed_document_still_shows_its_matrix(office):
    directive = office.issue(tasks=1, to=office.rooms[:1])
    office.accept(assignments_of(directive)[0])
    issuing.close(Directive.objects.get(pk=directive.pk), by=office.leader)
    assert "Đã kết thúc" in html(page(office.leader, at(directive)))
