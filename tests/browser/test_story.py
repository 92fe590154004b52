"""The main work as the people of five offices do it, each in a browser of their own."""

import re
from datetime import timedelta
from io import BytesIO

from django.core.management import call_command
from PIL import Image
from playwright.sync_api import Page, expect

from directives.demo import story
from directives.models import Assignment, Directive, Report
from units import clock

DESK = {"width": 1366, "height": 900}
PHONE = {"width": 390, "height": 844}
LETTER = (story.TEXTS / "cong-van.txt").read_text()
RESULT = "Đã phổ biến tới toàn thể công chức của phòng."
REASON = "Đề nghị kèm danh sách người dự."


def paper(kind: str) -> dict:
    """A small file as a scanner or a camera makes it."""
    content = BytesIO()
    Image.new("RGB", (60, 84), "white").save(content, kind)
    name, mime = {"PDF": ("bao-cao.pdf", "application/pdf"), "JPEG": ("anh.jpg", "image/jpeg")}[kind]
    return {"name": name, "mimeType": mime, "buffer": content.getvalue()}


def in_days(days: int) -> str:
    return f"{clock.today() + timedelta(days=days):%d/%m/%Y}"


# --- What each person does ----------------------------------------------------------------------


def draft(clerk: Page) -> int:
    """Paste the letter; one reason and one deadline settle its four tasks. Returns the draft's key."""
    clerk.goto("/van-ban/moi/")
    clerk.get_by_label("Dán nội dung").fill(LETTER)
    clerk.get_by_role("button", name="Tách nhiệm vụ").click()
    expect(clerk.get_by_role("group", name=re.compile(r"^Nhiệm vụ \d$"))).to_have_count(4)
    second = clerk.get_by_role("group", name="Nhiệm vụ 2", exact=True)
    second.get_by_label("Lý do không hạn").fill("Thực hiện thường xuyên")
    for_all = clerk.get_by_role("group", name="Đặt cho mọi nhiệm vụ chưa có hạn")
    for_all.get_by_label("Thời hạn").fill(in_days(20))
    for_all.get_by_role("button", name="Đặt và lưu").click()
    expect(clerk.get_by_text("Đã lưu bản nháp.")).to_be_visible()
    return int(re.search(r"/directive/(\d+)/change/", clerk.url)[1])


def submit(clerk: Page) -> None:
    clerk.get_by_role("button", name="Trình ký").click()
    expect(clerk.get_by_text("Đã trình ký.")).to_be_visible()


def sign(director: Page, directive: int) -> None:
    """The director comes to it from the first page of the day."""
    director.goto("/")
    director.locator(f'main a[href*="/van-ban/{directive}/"]').first.click()
    director.get_by_role("button", name="Ký", exact=True).click()
    expect(director.get_by_text("Đã ký. Văn thư sẽ cấp số và phát hành.")).to_be_visible()


def issue(clerk: Page, directive: int) -> str:
    """Look at what it will do, do it; returns the code that was given."""
    clerk.goto(f"/van-ban/{directive}/xem-truoc/")
    clerk.get_by_role("link", name="Phát hành").click()
    foreseen = clerk.locator("dl.facts dd b").first.inner_text()
    clerk.get_by_role("button", name="Phát hành, giao việc cho 11 đơn vị").click()
    expect(clerk.get_by_text(f"Đã phát hành văn bản số {foreseen}.")).to_be_visible()
    return foreseen


def report(head: Page, code: str, number: str) -> None:
    """From the list, by telephone: what was done, a file, and the number of a document."""
    head.goto("/nhiem-vu/")
    card = head.locator("article.task").filter(has_text=code).filter(has_text="Chủ động phổ biến").first
    card.get_by_text("Báo cáo hoàn thành").click()
    card.get_by_label("Kết quả").fill(RESULT)
    card.get_by_label("Chọn tệp").set_input_files(paper("PDF"))
    card.get_by_label("Chụp ảnh").set_input_files(paper("JPEG"))
    # After a return the number of the first report stands there already.
    if not card.get_by_label("Số, ký hiệu").is_visible():
        card.get_by_text("Số văn bản").click()
    card.get_by_label("Số, ký hiệu").fill(number)
    card.get_by_label("Ngày văn bản").fill(clock.today().isoformat())
    card.get_by_role("button", name="Gửi báo cáo").click()
    expect(head.get_by_text("Đã gửi báo cáo, chờ xác nhận.")).to_be_visible()


def open_report(monitor: Page, code: str) -> None:
    monitor.goto("/cho-xu-ly/")
    monitor.get_by_role("listitem").get_by_role("link").filter(has_text=code).click()
    expect(monitor.locator("#bao-cao")).to_contain_text(RESULT)
    expect(monitor.locator("#bao-cao")).to_contain_text("bao-cao.pdf")


def send_back(monitor: Page, code: str) -> None:
    open_report(monitor, code)
    monitor.get_by_label("Ý kiến bắt buộc khi trả lại", exact=True).fill(REASON)
    monitor.get_by_role("button", name="Trả lại để bổ sung").click()
    expect(monitor.get_by_text("Đã trả lại báo cáo cho đơn vị.")).to_be_visible()


def accept(monitor: Page, code: str) -> None:
    open_report(monitor, code)
    expect(monitor.locator("#bao-cao")).to_contain_text(REASON)
    monitor.locator("#bao-cao button.p").click()
    expect(monitor.get_by_text(re.compile("^Đã xác nhận:"))).to_be_visible()


def figures(leader: Page, assignment: Assignment) -> tuple[str, int]:
    """What leadership sees: the words of the cell, the number done on the dashboard."""
    leader.goto(f"/van-ban/{assignment.directive_id}/")
    address = f"/o/{assignment.unit_id}/{assignment.task_id}/"
    cell = leader.locator(f'table.mx td a[href*="{address}"]').inner_text()
    leader.goto("/thong-ke/")
    box = leader.locator(".kpi").filter(has_text="Đã hoàn thành")
    return cell, int(box.locator("a.mid").inner_text())


# --- The story ----------------------------------------------------------------------------------


def test_five_people_carry_a_letter_from_paste_to_done(as_user, csp_reports):
    clerk, director, monitor, province = (
        as_user(name, viewport=DESK) for name in ("vanthu", "giamdoc", "theodoi", "ubnd")
    )
    head = as_user("truongphong", viewport=PHONE, has_touch=True, is_mobile=True)
    reports = [csp_reports(page) for page in (clerk, director, monitor, province, head)]

    directive = draft(clerk)
    submit(clerk)
    sign(director, directive)
    code = issue(clerk, directive)
    assert code == "814/SGTVT-VP"
    assignments = Assignment.objects.filter(directive=directive)
    assert assignments.count() == 11 * 4
    mine = assignments.get(unit__code="SGTVT-KCHT", task__label="1")

    report(head, code, "15/BC-KCHT")
    send_back(monitor, code)
    head.goto("/nhiem-vu/")
    expect(head.get_by_text(REASON)).to_be_visible()
    report(head, code, "16/BC-KCHT")

    before = [figures(page, mine) for page in (director, province)]
    accept(monitor, code)
    after = [figures(page, mine) for page in (director, province)]
    for (cell, done), (turned, more) in zip(before, after, strict=True):
        assert (turned != cell, more) == (True, done + 1)

    assert [told for each in reports for told in each] == []
    call_command("verify_events")


def test_without_a_script_the_draft_is_kept_and_the_work_reported(as_user, keys):
    clerk = as_user("vanthu", viewport=DESK, java_script_enabled=False)
    directive = draft(clerk)
    clerk.get_by_role("button", name="Thêm nhiệm vụ").click()
    fifth = clerk.get_by_role("group", name="Nhiệm vụ 5", exact=True)
    fifth.get_by_label("Nội dung").fill("Gửi báo cáo kết quả về Văn phòng Sở.")
    fifth.get_by_label("Thời hạn").fill(in_days(25))
    clerk.get_by_role("button", name="Lưu bản nháp").last.click()
    expect(clerk.get_by_text("Đã lưu bản nháp.")).to_be_visible()
    assert Directive.objects.get(pk=directive).tasks.count() == 5
    submit(clerk)

    head = as_user("truongphong", viewport=PHONE, java_script_enabled=False)
    report(head, "812/SGTVT-VP", "15/BC-KCHT")
    kept = Report.objects.get(assignment=keys["open"])
    assert {one.file_name or one.code for one in kept.evidence.all()} == {
        "bao-cao.pdf",
        "anh.jpg",
        "15/BC-KCHT",
    }
