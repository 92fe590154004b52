"""The inbox at a desk and on a telephone: from the bell to the work in two taps, and nothing axe finds."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import axe_violations
from tests.browser.conftest import sideways


@pytest.mark.parametrize(
    "viewport", [{"width": 390, "height": 844}, {"width": 1366, "height": 768}], ids=["phone", "desk"]
)
def test_from_the_bell_to_the_work(as_user, csp_reports, viewport):
    page = as_user("truongphong", viewport=viewport)
    reports = csp_reports(page)
    page.goto("/")
    bell = page.get_by_role("link", name="Thông báo")
    unread = int(bell.locator(".count").inner_text().split()[0])
    bell.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thông báo")
    assert page.locator(".told > li.new").count() == unread > 1
    assert [*reports, *axe_violations(page)] == []
    assert sideways(page) == {}
    page.set_viewport_size(viewport)
    page.get_by_role("button", name=re.compile("^Mở.*Quá hạn")).first.press("Enter")
    page.wait_for_url("**/nhiem-vu/*/")
    page.go_back()
    page.reload()
    assert page.locator(".told > li.new").count() == unread - 1
    page.get_by_role("button", name="Đánh dấu đã đọc tất cả").click()
    expect(page.locator(".told > li.new")).to_have_count(0)
    page.get_by_role("link", name="Nhận qua thư").click()
    assert axe_violations(page) == []
