"""The drafting screens as a clerk's browser meets them, with no script at all."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from directives import drafting, issuing
from directives.models import Directive
from tests import factories
from tests.drafting_world import ADD, SEED, World, desk_url, fields_of, key_in, queries, work
from units import clock
from units.enums import Role

pytestmark = [pytest.mark.django_db, pytest.mark.walk]


@pytest.fixture
def world():
    return World()


@pytest.fixture
def clerk(world, client):
    client.force_login(world.clerk)
    return client


def paste(client, world, text, **fields):
    sent = {"form_key": key_in(client.get(ADD)), "text": text, "purpose": "own", "office": world.unit.pk}
    return client.post(ADD, sent | fields)


class TestPaste:
    def test_the_address_of_the_portal_leads_there(self, clerk):
        assert clerk.get("/van-ban/moi/")["Location"] == ADD
        assert clerk.get(ADD).status_code == 200

    def test_a_pasted_text_opens_as_a_draft(self, clerk, world):
        answer = paste(clerk, world, SEED)
        draft = Directive.objects.get()
        assert answer["Location"] == desk_url(draft)
        assert clerk.get(answer["Location"]).status_code == 200

    def test_a_double_click_makes_one_draft(self, clerk, world):
        key = key_in(clerk.get(ADD))
        first, second = (paste(clerk, world, SEED, form_key=key) for _ in range(2))
        assert first["Location"] == second["Location"]
        assert Directive.objects.count() == 1

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("", "Hãy dán nội dung văn bản."),
            (" \n\t ", "Hãy dán nội dung văn bản."),
            ("PK\x03\x04\x14\x00\x06\x00" + "\x01\x02" * 50, "không phải chữ đọc được"),
            ("\ufffd" * 40 + "abc", "không phải chữ đọc được"),
        ],
    )
    def test_what_cannot_be_read_is_said_at_the_field_and_kept(self, clerk, world, text, sentence):
        answer = paste(clerk, world, text)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert sentence in page
        assert 'href="#id_text"' in page
        assert answer.context["form"]["text"].value() == text
        assert not Directive.objects.exists()

    def test_two_megabytes_are_refused_with_the_limit(self, clerk, world):
        answer = paste(clerk, world, "Nội dung dài. " * 150_000)
        assert answer.status_code == 422
        assert "1.000.000 ký tự" in answer.content.decode()

    def test_a_paste_of_thousands_of_items_is_refused_with_the_reason(self, clerk, world):
        answer = paste(clerk, world, "1. Tổ chức thực hiện.\n" * 2000)
        assert answer.status_code == 422
        assert "Hãy dán riêng từng văn bản." in answer.content.decode()
        assert not Directive.objects.exists()

    def test_a_long_text_within_the_limit_is_taken(self, clerk, world):
        answer = paste(clerk, world, SEED + "\n\n" + "Đoạn văn bản kèm theo rất dài. " * 20_000)
        assert answer.status_code == 302
        assert clerk.get(answer["Location"]).status_code == 200

    def test_a_script_in_the_title_is_text(self, clerk, world):
        evil = "<script>alert(1)</script>"
        draft = world.draft(SEED.replace("V/v triển khai thực hiện", f"V/v {evil}"))
        for url in (
            desk_url(draft),
            reverse("directive-preview", args=[draft.pk]),
            reverse("admin:directives_directive_changelist"),
        ):
            page = clerk.get(url).content.decode()
            assert evil not in page
            assert "&lt;script&gt;" in page


class TestDesk:
    def test_the_page_shows_source_marks_doubts_and_the_paper(self, clerk, world):
        page = clerk.get(desk_url(world.draft())).content.decode()
        assert "Còn 4 chỗ cần kiểm tra" in page
        assert 'href="#id_task-3-due_on"' in page
        assert '<mark class="c" id="s-n1"><a href="#id_task-0-text">' in page
        assert 'href="#s-n1"' in page
        assert "a q" in page, "blank places are marked as blank"
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in page

    def test_what_is_not_chosen_yet_says_so(self, clerk, world):
        page = clerk.get(desk_url(world.draft())).content.decode()
        assert "-----" not in page
        assert '<option value="" selected>Chưa chọn</option>' in page

    def test_what_is_typed_is_saved_and_its_doubt_gone(self, clerk, world):
        draft = world.draft()
        changes = {
            "task-0-due_on": "31/5/2030",
            "task-1-undated_reason": "Thường xuyên",
            "task-2-leads": "ttdkxcg; Văn phòng Sở",
        }
        assert work(clerk, draft, **changes).status_code == 302
        first, second, third, _ = draft.tasks.all()
        assert f"{first.due_on:%Y-%m-%d}" == "2030-05-31"
        assert second.undated_reason == "Thường xuyên"
        assert {line.unit for line in third.units.all()} == {world.centre, world.office.room}
        assert "Còn 2 chỗ cần kiểm tra" in clerk.get(desk_url(draft)).content.decode()

    def test_a_unit_typed_as_lead_and_as_support_is_told_at_the_field(self, clerk, world):
        draft = world.draft()
        answer = work(
            clerk, draft, **{"task-2-leads": "ttdkxcg", "task-2-supports": f"Văn phòng Sở; {world.centre}"}
        )
        assert answer.status_code == 422
        told = f"Đã ghi chủ trì thì không ghi phối hợp: {world.centre}. Hãy bỏ ở một trong hai ô."
        assert answer.context["forms"].tasks.forms[2].errors == {"supports": [told]}
        assert told in answer.text
        assert not draft.tasks.get(position=3).units.exists()
        assert (
            work(clerk, draft, **{"task-2-leads": "ttdkxcg", "task-2-supports": "Văn phòng Sở"}).status_code
            == 302
        )

    def test_the_history_says_what_each_saving_changed(self, clerk, world):
        draft = world.draft()
        work(clerk, draft, title="Trích yếu mới", **{"task-0-due_on": "31/5/2030"})
        page = clerk.get(reverse("directive-history", args=[draft.pk])).content.decode()
        assert "<b>Sửa dự thảo</b>: trích yếu, nhiệm vụ" in page

    def test_saving_the_page_as_it_came_changes_nothing(self, clerk, world):
        draft = world.draft()
        body = draft.body
        assert work(clerk, draft).status_code == 302
        draft.refresh_from_db()
        assert (draft.version, draft.body) == (1, body)

    def test_one_deadline_for_all_that_have_none(self, clerk, world):
        draft = world.draft()
        work(clerk, draft, "task-fill", **{"task-0-due_on": "31/5/2030", "all_due_on": "30/6/2030"})
        assert [f"{task.due_on:%d/%m}" for task in draft.tasks.all()] == ["31/05", "30/06", "30/06", "30/06"]

    def test_a_day_that_is_none_fills_nothing_and_stays_where_it_was_typed(self, clerk, world):
        draft = world.draft()
        answer = work(clerk, draft, "task-fill", all_due_on="31/02/2030")
        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'href="#id_all_due_on"' in page
        assert page.count('value="31/02/2030"') == 1

    def test_one_reason_for_all_that_have_no_deadline(self, clerk, world):
        draft = world.draft()
        work(clerk, draft, "task-fill", all_reason="Văn bản không nêu thời hạn")
        assert set(draft.tasks.values_list("undated_reason", flat=True)) == {"Văn bản không nêu thời hạn"}
        assert "Không còn chỗ nào cần kiểm tra" in clerk.get(desk_url(draft)).content.decode()

    @pytest.mark.parametrize(
        ("act", "labels"),
        [
            ("task-add", ["1", "2", "3", "4", None]),
            ("task-remove-1", ["1", "3", "4"]),
            ("task-up-2", ["1", "3", "2", "4"]),
            ("task-up-0", ["1", "2", "3", "4"]),
            ("task-down-0", ["2", "1", "3", "4"]),
            ("task-down-3", ["1", "2", "3", "4"]),
        ],
    )
    def test_a_row_s_button_keeps_everything_typed_and_writes_nothing(self, clerk, world, act, labels):
        draft = world.draft()
        answer = work(
            clerk,
            draft,
            act,
            title="Trích yếu đang gõ",
            **{"task-3-text": "đang gõ dở", "task-0-due_on": "chưa phải ngày"},
        )
        assert answer.status_code == 200
        forms = answer.context["forms"]
        assert [form["label"].value() for form in forms.tasks] == labels
        texts = [form["text"].value() for form in forms.tasks]
        assert "đang gõ dở" in texts
        assert forms.heading["title"].value() == "Trích yếu đang gõ"
        draft.refresh_from_db()
        assert (draft.version, draft.tasks.count()) == (1, 4)

    def test_a_row_left_blank_is_no_error_and_no_task(self, clerk, world):
        draft = world.draft()
        shown = work(clerk, draft, "task-add", title="Mới")
        assert "Hãy ghi nội dung nhiệm vụ" not in shown.content.decode()
        assert clerk.post(desk_url(draft), fields_of(shown) | {"act": "save"}).status_code == 302
        draft.refresh_from_db()
        assert (draft.title, draft.tasks.count()) == ("Mới", 4)

    def test_a_row_moves_in_and_out_with_what_hangs_under_it(self, clerk, world):
        draft = world.draft()
        levels = {"task-1-level": "1", "task-2-level": "2"}
        answer = work(clerk, draft, "task-out-1", **levels)
        assert [int(form["level"].value() or 0) for form in answer.context["forms"].tasks] == [0, 0, 1, 0]
        answer = work(clerk, draft, "task-down-0", **levels)
        assert [form["label"].value() for form in answer.context["forms"].tasks] == ["4", "1", "2", "3"]

    def test_a_passage_becomes_a_row(self, clerk, world):
        answer = work(clerk, world.draft(), "task-add", passage="Sở tổng hợp, báo cáo.")
        assert list(answer.context["forms"].tasks)[-1]["text"].value() == "Sở tổng hợp, báo cáo."

    def test_an_error_stands_at_its_field_with_what_was_typed(self, clerk, world):
        draft = world.draft()
        answer = work(clerk, draft, **{"task-0-due_on": "31/13/2030", "title": "Mới"})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'href="#id_task-0-due_on"' in page
        assert "<title>Lỗi: " in page
        example = f"05/3/{clock.today().year}"
        assert f"Nhiệm vụ 1, thời hạn: Ngày này không có hoặc ghi chưa đúng; hãy ghi như {example}." in page
        assert 'value="31/13/2030"' in page
        draft.refresh_from_db()
        assert draft.title != "Mới"

    def test_what_could_not_be_read_is_no_doubt_besides(self, clerk, world):
        draft = world.draft()
        assert '<li><a href="#id_task-3-due_on">' in work(clerk, draft, "task-add").content.decode()
        page = work(clerk, draft, **{"task-3-due_on": "31/2/2030"}).content.decode()
        assert '<p><a href="#id_task-3-due_on">' in page
        assert '<li><a href="#id_task-3-due_on">' not in page

    def test_recipients_and_citations_are_edited_too(self, clerk, world):
        draft = world.draft()
        work(
            clerk,
            draft,
            **{
                "addressee-1-target": "phong so",
                "citation-0-relation": "mentions",
                "citation-4-code": "4260/SGTVT-VP",
            },
        )
        assert draft.citations.filter(code="4260/SGTVT-VP").exists()
        assert draft.citations.get(code="254-KH/TU").relation == "mentions"
        assert [line.text for line in draft.addressees.all()][1] == "Các đơn vị sự nghiệp trực thuộc Sở"

    def test_the_paper_is_drawn_from_what_is_typed_and_nothing_is_kept(self, clerk, world):
        draft = world.draft()
        answer = work(
            clerk,
            draft,
            "preview",
            title="Trích yếu mới",
            **{"task-0-text": "Việc mới tinh", "task-1-due_on": "hỏng"},
        )
        page = answer.content.decode()
        assert "V/v Trích yếu mới" in page
        assert "1. Việc mới tinh" in page
        assert "<form" not in page
        draft.refresh_from_db()
        assert (draft.version, "Việc mới tinh" in draft.body) == (1, False)


class TestItemNumbers:
    def test_a_double_is_doubted_at_its_field_and_one_button_counts_anew(self, clerk, world):
        draft = world.draft()
        work(clerk, draft, **{"task-1-label": "1"})
        page = clerk.get(desk_url(draft)).content.decode()
        assert 'href="#id_task-1-label"' in page
        assert "số mục “1” bị trùng" in page
        answer = work(clerk, draft, "task-renumber")
        assert [form["label"].value() for form in answer.context["forms"].tasks] == ["1", "2", "3", "4"]
        assert "bị trùng" not in answer.content.decode()


class TestTwoClerks:
    def test_the_second_sees_both_texts_and_keeps_their_own(self, clerk, world):
        draft = world.draft()
        colleague = Client()
        colleague.force_login(factories.make_user(Role.CLERK, world.unit))
        mine = fields_of(clerk.get(desk_url(draft)))
        work(colleague, draft, title="Bản của đồng nghiệp", **{"task-0-due_on": "01/6/2030"})
        answer = clerk.post(
            desk_url(draft), mine | {"title": "Bản của tôi", "task-3-text": "Câu tôi gõ", "act": "save"}
        )
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Bản của đồng nghiệp" in page
        assert {d.what for d in answer.context["differing"]} == {"Trích yếu", "Nhiệm vụ 4: nội dung"}
        again = fields_of(answer)
        assert (again["title"], again["task-3-text"], again["version"]) == ("Bản của tôi", "Câu tôi gõ", "2")
        assert Directive.objects.get().title == "Bản của đồng nghiệp", "nothing was overwritten yet"
        assert clerk.post(desk_url(draft), again | {"act": "save"}).status_code == 302
        assert Directive.objects.get().title == "Bản của tôi"
        assert draft.tasks.get(label="1").due_on == date(2030, 6, 1), "the colleague's work stays"

    @pytest.mark.parametrize(
        "seen", ["", "không phải JSON", "[1]", '{"tasks": [], "columns": 3}', "[" * 100_000]
    )
    def test_a_page_that_does_not_say_what_it_showed_keeps_all_that_was_typed(self, clerk, world, seen):
        draft = world.draft()
        mine = fields_of(clerk.get(desk_url(draft)))
        drafting.save_draft(
            draft, by=world.clerk, version=1, changes=drafting.Draft(columns={"title": "Khác"})
        )
        answer = clerk.post(desk_url(draft), mine | {"act": "save", "seen": seen, "place": "Nơi tôi gõ"})
        assert answer.status_code == 409
        assert fields_of(answer)["place"] == "Nơi tôi gõ"


class TestWhoMay:
    def test_a_foreign_clerk_finds_nothing(self, client, world):
        draft = world.draft()
        client.force_login(factories.Office().clerk)
        for url in (
            desk_url(draft),
            reverse("directive-edit", args=[draft.pk]),
            reverse("directive-preview", args=[draft.pk]),
        ):
            assert client.get(url).status_code == 404
        assert client.post(desk_url(draft), {"act": "save"}).status_code == 404
        assert (
            "triển khai" not in client.get(reverse("admin:directives_directive_changelist")).content.decode()
        )

    def test_a_leader_does_not_edit(self, client, clerk, world):
        draft = world.draft()
        data = fields_of(clerk.get(desk_url(draft)))
        client.force_login(world.office.leader)
        assert client.get(reverse("directive-edit", args=[draft.pk])).status_code == 404, (
            "a draft is the clerks'"
        )
        client.post(desk_url(draft), data | {"title": "Lãnh đạo sửa", "act": "save"})
        draft.refresh_from_db()
        assert draft.title != "Lãnh đạo sửa"

    def test_a_submitted_draft_is_shown_and_no_longer_written(self, clerk, world):
        draft = world.draft()
        data = fields_of(clerk.get(desk_url(draft)))
        draft.tasks.update(undated_reason="Thường xuyên")
        issuing.submit(draft, by=world.clerk)
        assert clerk.get(desk_url(draft))["Location"] == reverse("directive-preview", args=[draft.pk])
        answer = clerk.post(desk_url(draft), data | {"title": "Sửa lén", "act": "save"})
        assert answer.status_code == 409
        assert Directive.objects.get().title != "Sửa lén"

    def test_an_administrator_keeps_registers_and_reads_no_document(self, client, world):
        draft = world.draft()
        client.force_login(factories.make_user(Role.ADMIN, world.unit))
        assert client.get(reverse("admin:directives_register_changelist")).status_code == 200
        assert client.get(reverse("admin:directives_directive_changelist")).status_code == 403
        assert client.get(desk_url(draft)).status_code == 404

    def test_a_clerk_keeps_no_registers(self, clerk):
        assert clerk.get(reverse("admin:directives_register_changelist")).status_code == 403


class TestListsAndCost:
    def test_the_list_is_searched_without_marks(self, clerk, world):
        world.draft()
        url = reverse("admin:directives_directive_changelist")
        assert clerk.get(url, {"q": "ke hoach 254"}).context["cl"].result_count == 1
        assert clerk.get(url, {"q": "khong co chu nay"}).context["cl"].result_count == 0

    def test_the_desk_costs_the_same_for_one_task_and_for_many(self, clerk, world):
        long = SEED.replace(
            "4. Tổ chức",
            "\n".join(f"{n}. Tổ chức thực hiện việc số {n}." for n in range(4, 12)) + "\n12. Tổ chức",
        )
        costs = [queries(clerk.get, desk_url(world.draft(text))) for text in (SEED, long)]
        assert costs[0] == costs[1]

    def test_the_list_costs_the_same_for_one_and_for_three(self, clerk, world):
        url = reverse("admin:directives_directive_changelist")
        costs = []
        for _ in range(3):
            world.draft()
            costs.append(queries(clerk.get, url))
        assert costs[0] == costs[2]
