"""Between issue and acceptance as people live it: two minutes with a telephone, a morning at the desk by keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from directives.enums import AssignmentState, Decision
from directives.models import Assignment, ProgressNote, Request, Urging
from tests.browser.axe import axe_violations

from .test_story import DESK, in_days, paper

PHONE = {"width": 360, "height": 740}
MOST_TAPS = 12


class Thumb:
    """A person with a telephone: everything touched is counted."""

    def __init__(self, page: Page):
        self.page, self.taps = page, 0

    def tap(self, locator) -> None:
        locator.tap()
        self.taps += 1

    def write(self, locator, text: str) -> None:
        self.tap(locator)
        locator.fill(text)

    def choose(self, locator, file) -> None:
        locator.set_input_files([file])
        self.taps += 2  # the tile, and the picture in the telephone's own list


def test_two_minutes_with_a_telephone(as_user, keys):
    """Report with a photograph, take it back, report again: the words and the file are still there."""
    page = as_user("truongphong", viewport=PHONE, has_touch=True, is_mobile=True)
    thumb = Thumb(page)
    page.goto("/nhiem-vu/")
    card = page.locator(f"#nv{keys['open']}")
    thumb.tap(card.get_by_text("Báo cáo hoàn thành"))
    thumb.write(card.get_by_label("Kết quả"), "Đã phổ biến xong.")
    thumb.choose(card.get_by_label("Chụp ảnh"), paper("JPEG"))
    thumb.tap(card.get_by_role("button", name="Gửi báo cáo"))
    expect(page.get_by_text("Đã gửi báo cáo, chờ xác nhận.")).to_be_visible()
    thumb.tap(page.get_by_role("link", name="Rút lại nếu gửi nhầm"))
    thumb.tap(page.get_by_role("button", name="Rút lại báo cáo"))
    expect(page.get_by_text("Đã rút lại báo cáo.")).to_be_visible()
    thumb.tap(page.get_by_role("link", name="Báo cáo hoàn thành"))
    expect(page.get_by_label("Kết quả")).to_have_value("Đã phổ biến xong.")
    thumb.tap(page.get_by_role("button", name="Gửi báo cáo"))
    expect(page.get_by_text("Đã gửi báo cáo, chờ xác nhận.")).to_be_visible()
    assert thumb.taps < MOST_TAPS
    row = Assignment.objects.get(pk=keys["open"])
    assert row.state == AssignmentState.REPORTED
    assert row.reports.last().evidence.exclude(file="").count() == 1


def test_progress_and_an_obstacle_reach_the_office_and_come_back_answered(as_user, keys):
    page = as_user("chuyenvien", viewport=PHONE)
    page.goto("/nhiem-vu/")
    page.locator(f"#nv{keys['given']}").get_by_role("link", name="Ghi tiến độ").click()
    page.get_by_label("Hoàn thành khoảng (%)").fill("80")
    page.get_by_label("Vướng mắc, kiến nghị").fill("Thiếu máy ảnh")
    assert axe_violations(page) == []
    page.get_by_role("button", name="Ghi lại").click()
    expect(page.get_by_text("Đã ghi tiến độ.")).to_be_visible()

    office = as_user("theodoi", viewport=DESK)
    office.goto("/cho-xu-ly/vuong-mac/")
    note = ProgressNote.objects.get(obstacle="Thiếu máy ảnh")
    article = office.locator(f"#vm{note.pk}")
    article.get_by_role("button", name="Trả lời").click()
    expect(office.get_by_text("Hãy ghi nội dung trả lời.")).to_be_visible()
    office.get_by_label("Trả lời").fill("Mượn của Văn phòng")
    office.get_by_role("button", name="Trả lời").click()
    expect(office.get_by_text("Đã trả lời vướng mắc")).to_be_visible()
    page.goto(f"/nhiem-vu/{keys['given']}/")
    expect(page.get_by_text("Mượn của Văn phòng").first).to_be_visible()


def test_what_staff_prepared_is_sent_by_the_head(as_user, keys):
    staff = as_user("chuyenvien", viewport=PHONE)
    staff.goto(f"/nhiem-vu/{keys['given']}/trinh/")
    staff.get_by_label("Kết quả").fill("Đã đăng ba bài")
    staff.get_by_label("Chụp ảnh").set_input_files([paper("JPEG")])
    staff.get_by_role("button", name="Trình", exact=True).click()
    expect(staff.get_by_text("Đã trình lãnh đạo đơn vị.")).to_be_visible()
    office = as_user("theodoi", viewport=DESK)
    office.goto(f"/nhiem-vu/{keys['given']}/")
    expect(office.get_by_text("Đã đăng ba bài")).to_have_count(0)
    head = as_user("truongphong", viewport=PHONE)
    head.goto(f"/nhiem-vu/{keys['given']}/bao-cao/")
    expect(head.get_by_label("Kết quả")).to_have_value("Đã đăng ba bài")
    head.get_by_role("button", name="Gửi báo cáo").click()
    expect(head.get_by_text("Đã gửi báo cáo, chờ xác nhận.")).to_be_visible()


@pytest.mark.parametrize(
    "part",
    [
        "",
        "de-nghi/",
        "vuong-mac/",
        "qua-han/",
        "dinh-chinh/",
        "khong-co-thoi-han/",
        "chi-dao/",
        "chua-co-nguoi/",
    ],
)
def test_a_queue_with_something_in_it_has_no_fault(as_user, part):
    page = as_user("theodoi", viewport=PHONE)
    page.goto(f"/cho-xu-ly/{part}")
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


# --- At the desk, without a mouse ----------------------------------------------------------------


def reach(page: Page, name: str) -> None:
    """Tab until what is called so has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        said = page.evaluate(
            "() => (document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"
            " || document.activeElement.labels?.[0]?.innerText || '').trim()"
        )
        if re.fullmatch(name, said):
            return
    pytest.fail(f"the keyboard does not reach {name}")


def test_a_morning_by_keyboard_extend_refuse_urge(as_user, keys):
    page = as_user("giamdoc", viewport=DESK)
    page.goto("/cho-xu-ly/de-nghi/")
    reach(page, "Gia hạn")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/cho-gia-han/"))
    reach(page, "Gia hạn")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã gia hạn.")).to_be_visible()
    asked = Request.objects.get(assignment=keys["asked"])
    row = Assignment.objects.get(pk=keys["asked"])
    assert (asked.decision, row.due_on) == (Decision.GRANTED, asked.due_on)

    reach(page, "Giữ nguyên đơn vị")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/giu-nguyen/"))
    reach(page, "Lý do")
    page.keyboard.type("Đúng chức năng theo quy chế")
    reach(page, "Giữ nguyên")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Không có đề nghị nào chờ trả lời")).to_be_visible()

    page.goto("/cho-xu-ly/qua-han/")
    picked = page.get_by_role("checkbox", checked=True).count()
    before = Urging.objects.count()
    reach(page, "Gửi đôn đốc các phần việc đã chọn")
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"Đã đôn đốc {picked} phần việc.")).to_be_visible()
    assert Urging.objects.count() - before == picked


@pytest.mark.parametrize(
    ("path", "fields", "said"),
    [
        (
            "gia-han",
            {"Thời hạn mới": "01/01/2020", "Lý do": "Chờ"},
            "Thời hạn mới phải sau thời hạn đang có.",
        ),
        ("gia-han", {"Thời hạn mới": "mai", "Lý do": "Chờ"}, "Ngày này không có hoặc ghi chưa đúng"),
        ("gia-han", {"Thời hạn mới": in_days(40)}, "Hãy ghi rõ lý do."),
        ("phan-cong", {"Hạn nội bộ": "01/01/2020"}, "Hãy chọn người thực hiện."),
        ("tien-do", {"Hoàn thành khoảng (%)": "140"}, "Tỷ lệ hoàn thành từ 0 đến 100."),
    ],
)
def test_bad_input_is_said_at_its_place_and_the_rest_is_kept(as_user, keys, path, fields, said):
    page = as_user("truongphong", viewport=PHONE)
    page.goto(f"/nhiem-vu/{keys['open']}/{path}/")
    for label, text in fields.items():
        page.get_by_label(label).fill(text)
    page.locator("main form button.p").click()
    expect(page.locator(".err", has_text=said).first).to_be_visible()
    for label, text in fields.items():
        expect(page.get_by_label(label)).to_have_value(text)
    assert axe_violations(page) == []
