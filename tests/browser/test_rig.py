"""The rig itself: each helper must catch what it is there to catch."""

import pytest
from django.templatetags.static import static

from tests import factories
from tests.browser.axe import axe_violations

PAGE = '<!doctype html><html lang="vi"><head><title>Trang</title></head><body><main>%s</main></body></html>'


def test_axe_finds_a_picture_without_words(page):
    page.set_content(PAGE % '<img src="data:,">')
    assert [line.split(" at ")[0] for line in axe_violations(page)] == ["light about:blank image-alt"]


def test_axe_finds_what_is_faint_in_the_dark_alone(page):
    style = "<style>p {color: #777; background: #fff} @media (prefers-color-scheme: dark) {p {background: #555}}</style>"
    page.set_content(PAGE % (style.replace("#777", "#666") + "<p>Chữ</p>"))
    assert [line.split(" at ")[0] for line in axe_violations(page)] == ["dark about:blank color-contrast"]


def test_axe_is_content_with_a_good_page(page):
    page.set_content(PAGE % "<h1>Trang</h1>")
    assert axe_violations(page) == []


def test_sideways_scroll_is_found(page, no_sideways_scroll):
    page.set_content(
        PAGE % '<meta name="viewport" content="width=device-width"><div style="width: 700px">Rộng</div>'
    )
    no_sideways_scroll(page, [768, 1024])
    with pytest.raises(AssertionError, match="360"):
        no_sideways_scroll(page, [360, 768])


def test_reports_of_the_content_policy_are_collected(page, csp_reports):
    policy = "default-src 'none'"
    page.route("**/*", lambda route: route.fulfill(body=PAGE % "<script>x()</script>", content_type="text/html",
                                                   headers={"Content-Security-Policy": policy}))  # fmt: skip
    reports = csp_reports(page)
    page.goto("http://thongsuot.test/")
    page.wait_for_timeout(100)
    assert reports


def test_the_browser_is_vietnamese(page):
    assert page.evaluate("navigator.language") == "vi-VN"
    assert page.evaluate("new Date(2024, 2, 5).getTimezoneOffset()") == -7 * 60


def test_two_people_are_signed_in_side_by_side(as_user):
    pages = [
        as_user(factories.make_user().username, viewport={"width": 390, "height": 800}) for _ in range(2)
    ]
    assert [page.goto("/doi-mat-khau/").status for page in pages] == [200, 200]
    assert all(page.url.endswith("/doi-mat-khau/") for page in pages)


def test_a_stranger_is_asked_to_sign_in(page):
    page.goto("/doi-mat-khau/")
    assert "/dang-nhap/" in page.url


def test_files_are_served_as_in_production(page):
    answer = page.goto(static("css/tokens.css"))
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-encoding"] in {"br", "gzip"}
