"""Issuing: signed, numbered, sent; what is issued never changes, and what is missing is said."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from directives import drafting, files, issuing, readiness, rendering
from directives.enums import AssignmentState, DirectiveState, Duty, Purpose, SignerAuthority, Urgency
from directives.errors import Incomplete, WrongState
from directives.models import Assignment, Directive, TaskUnit
from tests import factories
from tests.drafting_world import SEED, World, desk_url, fields_of, key_in
from units import clock, once

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def scan():
    """A page as a scanner gives it."""
    image = BytesIO()
    Image.new("L", (40, 60), 255).save(image, "PNG")
    return SimpleUploadedFile("ban-ky.png", image.getvalue(), "image/png")


@pytest.fixture
def complete(world):
    """The source document, its deadlines set."""
    draft = world.draft()
    draft.tasks.update(due_on=clock.today() + timedelta(days=30))
    return draft


@pytest.fixture
def signed(world, complete):
    issuing.submit(complete, by=world.clerk)
    return issuing.sign(complete, by=world.office.leader)


def verb(client, directive, name, **fields):
    """Press the verb's button once more than a page was shown."""
    url = reverse(f"directive-{name}", args=[directive.pk])
    return client.post(url, {"form_key": fields.pop("form_key", once.new_key())} | fields)


def state_of(directive):
    return Directive.objects.get(pk=directive.pk).state


class TestMissing:
    def test_a_draft_without_deadlines_is_not_submitted_and_each_is_named(self, world):
        draft = world.draft()
        with pytest.raises(Incomplete) as refused:
            issuing.submit(draft, by=world.clerk)
        assert set(refused.value.fields) == {f"task-{task.pk}" for task in draft.tasks.all()}

    def test_a_draft_without_recipients_is_not_submitted(self, world, complete):
        complete.addressees.all().delete()
        with pytest.raises(Incomplete) as refused:
            issuing.submit(complete, by=world.clerk)
        assert refused.value.fields == {"recipients": "Văn bản chưa có đơn vị nào nhận để thực hiện."}

    @pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, False), (1, False)])
    def test_a_deadline_before_the_issue_is_refused_and_on_the_day_allowed(
        self, world, complete, days, refused
    ):
        complete.tasks.filter(label="1").update(due_on=clock.today() + timedelta(days=days))
        assert bool(readiness.missing_for_issue(complete, clock.today())) == refused

    def test_a_deadline_passed_while_waiting_for_the_signature_keeps_it_from_being_issued(
        self, world, signed
    ):
        signed.tasks.filter(label="1").update(due_on=clock.today() - timedelta(days=1))
        with pytest.raises(Incomplete):
            issuing.issue(signed, by=world.clerk)
        assert state_of(signed) == DirectiveState.SIGNED

    def test_a_unit_nobody_knows_keeps_a_draft_from_being_submitted(self, world, complete):
        TaskUnit.objects.create(task=complete.tasks.first(), text="Phòng Không Có", duty=Duty.LEAD)
        with pytest.raises(Incomplete) as refused:
            issuing.submit(complete, by=world.clerk)
        assert "Phòng Không Có" in str(refused.value.sentence)


class TestIssue:
    def test_groups_are_expanded_and_names_frozen(self, world, signed):
        issuing.issue(signed, by=world.clerk)
        received = {r.unit_id: (r.unit_name, r.group_name, r.purpose) for r in signed.recipients.all()}
        assert received[world.centre.pk] == (world.centre.name, world.services.name, Purpose.ACT)
        assert received[world.office.room.pk][1] == world.rooms.name
        assert received[world.province.pk][2] == Purpose.REPORT
        world.centre.name = "Tên sau khi đổi"
        world.centre.save()
        factories.make_unit(parent=world.unit)
        assert signed.recipients.get(unit=world.centre).unit_name == "Trung tâm Đăng kiểm xe cơ giới"
        assert signed.recipients.count() == 5, "a room founded later does not receive it"

    def test_every_acting_unit_owes_every_task(self, world, signed):
        issuing.issue(signed, by=world.clerk)
        units = {world.office.room, *world.office.rooms, world.centre}
        owed = Assignment.objects.filter(directive=signed)
        assert owed.count() == 4 * len(units)
        assert set(owed.values_list("unit", flat=True)) == {unit.pk for unit in units}

    @pytest.mark.parametrize(
        "names",
        [
            [],
            [(Duty.LEAD, "room")],
            [(Duty.SUPPORT, "room")],
            [(Duty.LEAD, "group")],
            [(Duty.SUPPORT, "group"), (Duty.LEAD, "outside")],
            [(Duty.LEAD, "group"), (Duty.SUPPORT, "room")],
            [(Duty.SUPPORT, "outside")],
            [(Duty.LEAD, "province")],
        ],
        ids=str,
    )
    def test_the_review_foresees_how_many_assignments_there_will_be(self, world, signed, names):
        outside = factories.make_unit("Đơn vị ngoài danh sách")
        whom = {
            "room": {"unit": world.office.rooms[0]},
            "group": {"group": world.rooms},
            "outside": {"unit": outside},
            "province": {"unit": world.province},
        }
        for duty, name in names:
            TaskUnit.objects.create(task=signed.tasks.first(), duty=duty, **whom[name])
        foreseen = drafting.prospect_of(signed, clock.today())
        issuing.issue(signed, by=world.clerk)
        assert Assignment.objects.filter(directive=signed).count() == foreseen.assignments
        assert signed.code == foreseen.code

    def test_what_is_issued_is_immutable_at_the_desk(self, world, signed, client):
        issuing.issue(signed, by=world.clerk)
        client.force_login(world.clerk)
        assert client.get(desk_url(signed))["Location"] == reverse("directive-detail", args=[signed.pk])
        assert client.post(desk_url(signed), {"act": "save", "title": "Sửa lén"}).status_code == 409
        with pytest.raises(WrongState):
            drafting.save_draft(
                signed,
                by=world.clerk,
                version=signed.version,
                changes=drafting.Draft(columns={"title": "Sửa lén"}),
            )
        assert Directive.objects.get(pk=signed.pk).title != "Sửa lén"


class TestVerbsOnTheScreen:
    def test_the_way_of_a_document_by_its_buttons(self, world, complete, client):
        leader, clerk = world.office.leader, world.clerk
        client.force_login(clerk)
        assert client.get(reverse("directive-preview", args=[complete.pk])).status_code == 200
        verb(client, complete, "submit")
        verb(client, complete, "withdraw-submission")
        assert state_of(complete) == DirectiveState.DRAFT
        verb(client, complete, "submit")
        client.force_login(leader)
        page = client.get(reverse("directive-preview", args=[complete.pk])).content.decode()
        assert "Trả lại văn thư" in page
        assert reverse("directive-sign", args=[complete.pk]) in page
        verb(client, complete, "sign")
        client.force_login(clerk)
        review = client.get(reverse("directive-issue", args=[complete.pk]))
        assert "Phát hành, giao việc cho 4 đơn vị" in review.content.decode()
        assert "01/SGTVT-VP" in review.content.decode()
        assert verb(client, complete, "issue")["Location"] == reverse("directive-detail", args=[complete.pk])
        assert state_of(complete) == DirectiveState.ISSUED

    def test_a_second_click_issues_once(self, world, signed, client):
        client.force_login(world.clerk)
        key = key_in(client.get(reverse("directive-issue", args=[signed.pk])))
        first, second = (verb(client, signed, "issue", form_key=key) for _ in range(2))
        assert first["Location"] == second["Location"]
        assert (Assignment.objects.count(), Directive.objects.get().ordinal) == (16, 1)

    def test_a_refused_submission_leads_to_the_fields(self, world, client):
        draft = world.draft()
        client.force_login(world.clerk)
        answer = verb(client, draft, "submit")
        page = client.get(answer["Location"]).content.decode()
        assert "Nhiệm vụ 1 chưa có thời hạn hoặc lý do không có thời hạn." in page
        assert 'href="#id_task-0-due_on"' in page
        assert state_of(draft) == DirectiveState.DRAFT

    def test_the_desk_saves_before_it_submits_and_says_what_is_missing(self, world, client):
        draft = world.draft()
        client.force_login(world.clerk)
        data = fields_of(client.get(desk_url(draft))) | {"title": "Trích yếu mới", "act": "submit"}
        answer = client.post(desk_url(draft), data)
        assert "thieu=submit" in answer["Location"]
        assert Directive.objects.get().title == "Trích yếu mới"

    def test_sent_back_needs_a_reason_which_the_clerk_reads(self, world, complete, client):
        issuing.submit(complete, by=world.clerk)
        client.force_login(world.office.leader)
        refused = verb(client, complete, "send-back", reason="  ")
        assert refused.status_code == 422
        assert "<title>Lỗi: " in refused.content.decode()
        assert "Hãy ghi rõ lý do." in refused.content.decode()
        assert verb(client, complete, "send-back", reason="Bổ sung thời hạn nhiệm vụ 4")[
            "Location"
        ] == reverse("today")
        client.force_login(world.clerk)
        assert "Bổ sung thời hạn nhiệm vụ 4" in client.get(desk_url(complete)).content.decode()

    def test_a_signature_on_paper_is_recorded_with_its_scan(self, world, complete, client):
        issuing.submit(complete, by=world.clerk)
        client.force_login(world.clerk)
        refused = verb(client, complete, "record-signature")
        assert "Hãy chọn bản quét" in refused.content.decode()
        verb(client, complete, "record-signature", scan=scan())
        complete.refresh_from_db()
        assert (complete.state, complete.signed_on_paper) == (DirectiveState.SIGNED, True)
        assert complete.attachments.get().sha256

    def test_the_picker_of_scans_offers_what_the_inspection_takes(self, world, complete, client):
        issuing.submit(complete, by=world.clerk)
        client.force_login(world.clerk)
        page = client.get(reverse("directive-preview", args=[complete.pk])).content.decode()
        offered = re.search(r'type="file"[^>]* accept="([^"]+)"', page)[1]
        assert offered.split(",") == [ending for kind in files.SCANS for ending in kind.extensions]

    def test_recorded_documents_carry_their_printed_number(self, world, client):
        text = SEED.replace("Số: /SGTVT-VP", "Số: 1001/UBND-KGVX").replace("ngày tháng 3", "ngày 28 tháng 02")
        draft = world.draft(text, incoming=True)
        client.force_login(world.clerk)
        assert verb(client, draft, "record")["Location"] == reverse("directive-detail", args=[draft.pk])
        draft.refresh_from_db()
        assert (draft.code, draft.state, draft.register) == ("1001/UBND-KGVX", DirectiveState.ISSUED, None)

    def test_close_and_revoke(self, world, signed, client):
        issuing.issue(signed, by=world.clerk)
        client.force_login(world.office.leader)
        verb(client, signed, "close")
        assert state_of(signed) == DirectiveState.ISSUED, "work is still open"
        verb(client, signed, "revoke", reason="Ban hành nhầm")
        assert state_of(signed) == DirectiveState.REVOKED
        assert not Assignment.objects.exclude(state=AssignmentState.CANCELLED).exists()

    @pytest.mark.parametrize(
        "name",
        [
            "submit",
            "withdraw-submission",
            "sign",
            "send-back",
            "record-signature",
            "issue",
            "record",
            "discard",
            "restore",
            "close",
            "revoke",
        ],
    )
    def test_no_verb_works_by_a_link_or_for_a_stranger(self, world, signed, client, name):
        client.force_login(factories.Office().clerk)
        url = reverse(f"directive-{name}", args=[signed.pk])
        assert client.get(url).status_code == (404 if name in ("issue", "record") else 405)
        assert verb(client, signed, name).status_code == 404
        assert state_of(signed) == DirectiveState.SIGNED

    def test_the_clerk_does_not_sign_and_the_leader_does_not_issue(self, world, signed, client):
        client.force_login(world.office.leader)
        assert verb(client, signed, "issue").status_code == 403
        issuing.send_back(signed, by=world.office.leader, reason="x")
        issuing.submit(signed, by=world.clerk)
        client.force_login(world.clerk)
        assert verb(client, signed, "sign").status_code == 403


NOTICE = """ỦY BAN NHÂN DÂN
TỈNH NINH THUẬN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/TB-UBND
Ninh Thuận, ngày 05 tháng 3 năm 2024

THÔNG BÁO
{about} nghỉ lễ Quốc khánh năm 2024

1. Văn phòng tổ chức trực. Hoàn thành trước ngày 01/9/2024.

Nơi nhận:
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Nguyễn Văn A
"""


# --- The paper ----------------------------------------------------------------------------------


class TestPaper:
    def layout(self, directive, **fields):
        for name, value in fields.items():
            setattr(directive, name, value)
        return rendering.layout_of(directive, list(directive.addressees.all()), today=clock.today())

    def page(self, client, directive, person):
        client.force_login(person)
        return client.get(reverse("directive-preview", args=[directive.pk])).content.decode()

    def test_a_state_letter(self, world, complete, client):
        page = self.page(client, complete, world.clerk)
        for words in (
            "UBND TỈNH QUẢNG NGÃI", "SỞ GIAO THÔNG VẬN TẢI", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
            "V/v triển khai thực hiện", "- Các đơn vị sự nghiệp trực thuộc Sở.", "- UBND tỉnh (B/cáo);", "- Lưu: VT, VP.(vi).", "GIÁM ĐỐC", "Nguyễn Phong",
        ):  # fmt: skip
            assert words in page
        assert re.search(r"Số: <mark class=\"q\">", page), "a blank number is drawn as a blank"
        assert "<i>Kết luận số 57-KL/TW</i>" in page

    def test_a_party_plan(self, world, complete, client):
        Directive.objects.filter(pk=complete.pk).update(
            notation_style="party",
            notation="KH/TU",
            kind="plan",
            signer_authority="TM.",
            signer_title="BAN THƯỜNG VỤ / PHÓ BÍ THƯ",
        )
        page = self.page(client, complete, world.clerk)
        assert "ĐẢNG CỘNG SẢN VIỆT NAM" in page
        assert "CỘNG HÒA" not in page
        assert "T/M BAN THƯỜNG VỤ" in page
        assert "KẾ HOẠCH" in page
        assert "- UBND tỉnh (B/cáo)," in page
        assert "Lưu VT" in page

    def test_the_issued_paper_carries_number_and_day(self, world, signed):
        issuing.issue(signed, by=world.clerk)
        layout = self.layout(signed)
        assert (layout.number, layout.notation_mark) == ("01", "/SGTVT-VP")
        assert layout.day == f"{signed.issued_on.day:02d}"

    @pytest.mark.parametrize(
        ("authority", "title", "lines"),
        [
            (SignerAuthority.SELF, "Giám đốc", ["GIÁM ĐỐC"]),
            (SignerAuthority.DEPUTY, "Phó Giám đốc", ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]),
            (SignerAuthority.DEPUTY, "Thứ trưởng", ["KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"]),
            (SignerAuthority.BY_ORDER, "Giám đốc / Chánh Văn phòng", ["TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"]),
            (SignerAuthority.BY_MANDATE, "Giám đốc / Trưởng phòng", ["TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG"]),
            (SignerAuthority.ON_BEHALF, "Ủy ban nhân dân / KT. Chủ tịch / Phó Chủ tịch", ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
            (SignerAuthority.ON_BEHALF, "ỦY BAN NHÂN DÂN KT. CHỦ TỊCH / PHÓ CHỦ TỊCH", ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
            (SignerAuthority.ON_BEHALF, "Ban Thường vụ K/T Bí thư / Phó Bí thư", ["TM. BAN THƯỜNG VỤ", "KT. BÍ THƯ", "PHÓ BÍ THƯ"]),
            (SignerAuthority.ACTING, "Giám đốc", ["Q. GIÁM ĐỐC"]),
        ],
    )  # fmt: skip
    def test_signers(self, complete, authority, title, lines):
        assert self.layout(complete, signer_authority=authority, signer_title=title).signature == lines

    def test_on_behalf_of_the_issuer_s_own_collective(self, complete):
        layout = self.layout(
            complete, issuer_name="Ủy ban nhân dân tỉnh", signer_authority="TM.", signer_title="Chủ tịch"
        )
        assert layout.signature == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]

    @pytest.mark.parametrize("about", ["Về việc", "V/v"])
    def test_a_notice_keeps_its_subject_and_the_lines_of_its_heading_and_signature(self, world, about):
        text = NOTICE.format(about=about)
        draft = world.draft(text)
        layout = self.layout(draft, issuer_name="Ủy ban nhân dân tỉnh Ninh Thuận")
        assert layout.title == "Về việc nghỉ lễ Quốc khánh năm 2024"
        assert layout.signature == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
        assert layout.issuer_lines == ["ỦY BAN NHÂN DÂN", "TỈNH NINH THUẬN"]

    def test_under_the_name_of_a_kind_there_is_no_v_v(self, complete):
        assert self.layout(complete, kind="notice", title="V/v nghỉ lễ").title == "Về việc nghỉ lễ"
        assert self.layout(complete, kind="plan", title="triển khai").title == "Triển khai"

    def test_urgency_is_printed(self, complete):
        assert self.layout(complete, urgency=Urgency.IMMEDIATE).urgency == "HỎA TỐC"

    def test_the_paper_is_vietnamese_in_every_language(self, world, complete, client):
        client.cookies["language"] = "en"
        client.post(reverse("preferences"), {"language": "en", "next": "/"})
        Directive.objects.filter(pk=complete.pk).update(kind="plan")
        assert "KẾ HOẠCH" in self.page(client, complete, world.clerk)

    def test_whoever_sees_the_document_sees_its_paper(self, world, signed, client):
        issuing.issue(signed, by=world.clerk)
        for person in (world.office.leader, world.office.monitor, *world.office.heads.values()):
            assert "SỞ GIAO THÔNG VẬN TẢI" in self.page(client, signed, person)
        client.force_login(factories.Office().leader)
        assert client.get(reverse("directive-preview", args=[signed.pk])).status_code == 404
