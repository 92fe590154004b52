"""Drafting in a browser: a file is sent, a task is cut at the cursor and joined again, from the keyboard alone."""

import re

from playwright.sync_api import expect

from tests.extraction.word_files import docx, item, num, pattern

PHONE = {"width": 390, "height": 844}
ORDER = "Phòng Kế hoạch rà soát biển báo. Văn phòng Sở tổng hợp, báo cáo trong vòng 5 ngày làm việc."


def sent(page, folder):
    """The upload page with a Word file, and the draft it opens."""
    letter = docx(folder / "ke-hoach.docx", item(ORDER), numbering=pattern(0, "decimal:%1.") + num(1, 0))
    page.goto("/van-ban/moi/")
    page.get_by_label("Tải tệp Word hoặc PDF").set_input_files(letter)
    page.get_by_role("button", name="Tách nhiệm vụ").click()
    expect(page).to_have_url(re.compile(r"/directive/\d+/change/"))


def tasks(page):
    return page.get_by_role("group", name=re.compile(r"^Nhiệm vụ \d+$"))


def press(page, name):
    button = page.get_by_role("button", name=name, exact=True)
    button.focus()
    page.keyboard.press("Enter")


def test_a_word_file_opens_as_a_draft_and_its_period_becomes_a_day(as_user, csp_reports, tmp_path):
    clerk = as_user("vanthu")
    reports = csp_reports(clerk)
    sent(clerk, tmp_path)
    expect(tasks(clerk)).to_have_count(1)
    expect(clerk.get_by_role("link", name="ke-hoach.docx")).to_be_visible()
    offer = clerk.get_by_role("button", name=re.compile(r"^Đặt \d\d"))
    day = re.search(r"\d\d/\d+/\d{4}", offer.inner_text())[0]
    offer.click()
    expect(tasks(clerk).first.get_by_label("Thời hạn")).to_have_value(day)
    assert reports == []


def test_a_task_is_cut_at_the_cursor_and_joined_again_on_a_telephone(as_user, csp_reports, tmp_path):
    clerk = as_user("vanthu", viewport=PHONE)
    reports = csp_reports(clerk)
    sent(clerk, tmp_path)
    text = tasks(clerk).first.get_by_label("Nội dung")
    text.focus()
    text.evaluate(
        "box => box.setSelectionRange(box.value.indexOf('Văn phòng'), box.value.indexOf('Văn phòng'))"
    )
    press(clerk, "Tách nhiệm vụ 1")
    expect(tasks(clerk)).to_have_count(2)
    expect(tasks(clerk).first.get_by_label("Nội dung")).to_have_value("Phòng Kế hoạch rà soát biển báo.")
    assert clerk.evaluate("document.documentElement.scrollWidth <= innerWidth"), "no sideways scrolling"
    press(clerk, "Gộp lên nhiệm vụ 2")
    expect(tasks(clerk)).to_have_count(1)
    joined = tasks(clerk).first.get_by_label("Nội dung").input_value()
    assert joined.split() == ORDER.split()
    assert reports == []


def test_a_name_nobody_knows_is_chosen_with_one_key_at_its_field(as_user, csp_reports, no_sideways_scroll):
    """On a telephone, without a script: the same page asks and is answered."""
    clerk = as_user("vanthu", viewport=PHONE, java_script_enabled=False)
    clerk.goto("/van-ban/moi/")
    clerk.get_by_label("Dán nội dung").fill(
        "Số: /SGTVT-VP\nV/v rà soát\n\nKính gửi: Văn phòng Sở.\n\n1. Phòng Tài chính kế hoạch rà soát.\n2. Phòng Tài chính kế hoạch báo cáo."
    )
    clerk.get_by_role("button", name="Tách nhiệm vụ").click()
    first = tasks(clerk).first
    asked = first.get_by_role("group", name="“Phòng Tài chính kế hoạch” là đơn vị nào")
    choice = asked.get_by_role("button", name=re.compile("^Phòng Kế hoạch - Tài chính"))
    expect(choice).to_contain_text("Sở GTVT")
    choice.focus()
    clerk.keyboard.press("Enter")
    for at in range(2):
        expect(tasks(clerk).nth(at).get_by_label("Chủ trì")).to_have_value("Phòng Kế hoạch - Tài chính")
    expect(clerk.get_by_text("có phải là:")).to_have_count(0)


def test_a_question_fits_every_width(as_user, no_sideways_scroll, csp_reports):
    clerk = as_user("vanthu")
    reports = csp_reports(clerk)
    clerk.goto("/van-ban/moi/")
    clerk.get_by_label("Dán nội dung").fill(
        "Số: /SGTVT-VP\nV/v rà soát\n\nKính gửi: P. Lý KCHT giao thông.\n\n1. Phòng Vận tải phương tiện lái rà soát."
    )
    clerk.get_by_role("button", name="Tách nhiệm vụ").click()
    expect(clerk.get_by_text("có phải là:").first).to_be_visible()
    no_sideways_scroll(clerk)
    assert reports == []
