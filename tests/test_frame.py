"""The frame of every page: sign-in, language, look, headers, refusals and errors."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib import messages
from django.core.management import call_command
from django.db import OperationalError
from django.http import HttpResponse
from django.urls import NoReverseMatch, path, reverse

import portal.settings
from portal.urls import handler400, handler403, handler404, handler500  # noqa: F401 - this module is a URLconf
from portal.urls import urlpatterns as portal_urls
from tests.factories import PASSWORD, make_unit, make_user
from units import clock, errors
from units.enums import Role
from units.models import Event

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls(__name__),
    pytest.mark.usefixtures("forgotten_attempts"),
]

CSS, COMMENT = settings.BASE_DIR / "static" / "css", re.compile(r"/\*.*?\*/", re.DOTALL)
REFUSALS = {"forbidden": errors.NotAllowed, "stale": errors.Stale, "incomplete": errors.Incomplete}


def refuse(request, kind):
    raise REFUSALS[kind]


def unreachable(request):
    raise OperationalError("connection refused")


def echo(request):
    return HttpResponse("ok")


urlpatterns = [
    path("thu/<slug:kind>/", refuse),
    path("thu-mat-noi/", unreachable, name="unreachable"),
    path("thu-trang/", echo),
    *portal_urls,
]


@pytest.fixture
def office():
    return make_unit("Sở Giao thông vận tải")


@pytest.fixture
def monitor(office):
    return make_user(Role.MONITOR, office, full_name="Trần Thị Thu Hà")


def sign_in(client, user, password=PASSWORD, **fields):
    return client.post(reverse("account_login"), {"login": user.username, "password": password, **fields})


# --- Sign-in -----------------------------------------------------------------------------------
def test_sign_in_page_is_vietnamese_whatever_the_browser_wishes(client):
    page = client.get(reverse("account_login"), headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert '<html lang="vi">' in page.text
    assert "<h1>Đăng nhập</h1>" in page.text
    assert page["Content-Language"] == "vi"


def test_sign_in_opens_the_portal(client, monitor):
    response = sign_in(client, monitor)
    assert (response.status_code, response["Location"]) == (302, reverse("today"))
    assert client.get("/thu-trang/").wsgi_request.user == monitor


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_sign_in_never_leads_to_another_site(client, monitor, target):
    response = sign_in(client, monitor, next=target)
    assert response["Location"] == reverse("today")


def test_sign_in_goes_on_to_the_page_that_was_asked_for(client, monitor):
    assert sign_in(client, monitor, next="/cho-xu-ly/?loc=1")["Location"] == "/cho-xu-ly/?loc=1"


def test_next_is_escaped_on_the_page(client):
    page = client.get(reverse("account_login"), {"next": '/"><script>x</script>'})
    assert "<script>x" not in page.text


def test_wrong_password_says_the_same_for_a_known_and_an_unknown_name(client, monitor):
    known = sign_in(client, monitor, "sai")
    unknown = client.post(reverse("account_login"), {"login": "khong-co-ai", "password": "sai"})
    for page in (known, unknown):
        assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in page.text
        assert 'role="alert"' in page.text


def test_five_wrong_passwords_close_the_door_for_this_name_only(client, monitor, office):
    for _ in range(5):
        sign_in(client, monitor, "sai")
    assert "Sai mật khẩu nhiều lần" in sign_in(client, monitor).text
    assert sign_in(client, make_user(Role.STAFF, office)).status_code == 302


def test_an_inactive_account_does_not_enter(client, office):
    gone = make_user(Role.STAFF, office, is_active=False)
    assert sign_in(client, gone).status_code == 200


def test_sign_out_takes_a_post(client, monitor):
    client.force_login(monitor)
    assert client.get(reverse("account_logout")).status_code == 405
    assert client.post(reverse("account_logout")).status_code == 302
    assert not client.get("/thu-trang/").wsgi_request.user.is_authenticated


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "account_email"])
def test_doors_we_do_not_use_are_not_there(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


# --- Passwords ---------------------------------------------------------------------------------
def change_password(client, new, old=PASSWORD):
    return client.post(
        reverse("account_change_password"), {"oldpassword": old, "password1": new, "password2": new}
    )


@pytest.fixture
def newcomer(office):
    later = clock.now() + timedelta(days=3)
    return make_user(Role.STAFF, office, must_change_password=True, password_expires_at=later)


def test_a_given_password_must_be_changed_first(client, newcomer):
    sign_in(client, newcomer)
    assert client.get("/thu-trang/")["Location"] == reverse("account_change_password")
    assert client.post("/thu/stale/")["Location"] == reverse("account_change_password")

    change_password(client, "mat khau cua rieng toi")
    newcomer.refresh_from_db()
    assert not newcomer.must_change_password
    assert newcomer.password_expires_at is None
    assert client.get("/thu-trang/").text == "ok"
    assert Event.objects.get().actor == newcomer
    assert sign_in(client.__class__(), newcomer).status_code == 200, (
        "the given password opens nothing any more"
    )


def test_the_given_password_is_not_accepted_as_the_new_one(client, newcomer):
    sign_in(client, newcomer)
    assert "Mật khẩu mới phải khác mật khẩu hiện tại." in change_password(client, PASSWORD).text


def test_a_given_password_ends(client, office):
    late = make_user(Role.STAFF, office, must_change_password=True, password_expires_at=clock.now())
    assert "Mật khẩu được cấp đã hết hiệu lực" in sign_in(client, late).text


def test_changing_the_password_ends_other_sessions(client, monitor):
    elsewhere = client.__class__()
    elsewhere.force_login(monitor)
    client.force_login(monitor)
    change_password(client, "mat khau cua rieng toi")
    assert client.get("/thu-trang/").wsgi_request.user.is_authenticated
    assert not elsewhere.get("/thu-trang/").wsgi_request.user.is_authenticated


# --- Language and look -------------------------------------------------------------------------
def test_language_of_a_visitor_is_kept_in_a_cookie(client):
    response = client.post(reverse("preferences"), {"language": "en", "next": reverse("account_login")})
    assert (response.status_code, response["Location"]) == (303, reverse("account_login"))
    assert '<html lang="en">' in client.get(reverse("account_login")).text


def test_language_and_look_of_a_person_are_kept_on_the_account(client, monitor):
    client.force_login(monitor)
    client.post(reverse("preferences"), {"language": "en"})
    client.post(reverse("preferences"), {"theme": "dark"})
    monitor.refresh_from_db()
    assert (monitor.language, monitor.theme) == ("en", "dark")
    page = client.get(reverse("account_change_password")).text
    assert '<html lang="en" data-theme="dark">' in page
    assert re.search(r'dark\.css" media="screen"', page)


@pytest.mark.parametrize(
    ("theme", "media"), [("", "screen and (prefers-color-scheme: dark)"), ("dark", "screen")]
)
def test_the_dark_sheet_follows_the_choice(client, theme, media):
    client.post(reverse("preferences"), {"theme": theme})
    assert f'dark.css" media="{media}"' in client.get(reverse("account_login")).text


def test_the_light_look_links_no_dark_sheet(client):
    client.post(reverse("preferences"), {"theme": "light"})
    assert "dark.css" not in client.get(reverse("account_login")).text


def test_the_dark_changes_colours_and_nothing_else():
    """So axe has to look in the dark at the colours alone (tests/browser/axe.py)."""
    sheets = {path.name: COMMENT.sub("", path.read_text()) for path in CSS.glob("*.css")}
    (rule,) = re.findall(r"[^{}]+\{[^{}]*\}", sheets.pop("dark.css"))
    assert re.fullmatch(r"\s*:root \{(\s*(--[\w-]+|color-scheme): [^;]+;)+\s*\}", rule)
    assert not [name for name, text in sheets.items() if "prefers-color-scheme" in text]


@pytest.mark.parametrize("fields", [{"language": "fr"}, {"theme": "pink"}])
def test_unknown_choices_change_nothing(client, fields):
    assert not client.post(reverse("preferences"), fields).cookies


def test_preferences_come_back_to_this_site_only(client):
    response = client.post(reverse("preferences"), {"language": "en", "next": "https://evil.example/"})
    assert response["Location"] == reverse("today")
    assert client.get(reverse("preferences")).status_code == 405


# --- Headers -----------------------------------------------------------------------------------
def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere(client):
    policy = client.get(reverse("account_login"))["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["form-action"] == "'self'"
    assert rules["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy


def test_pages_are_kept_nowhere(client, monitor):
    assert client.get("/thu-trang/")["Cache-Control"] == "no-store"
    client.force_login(monitor)
    response = client.get("/thu-trang/")
    assert response["Cache-Control"] == "no-store"
    assert "camera=()" in response["Permissions-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_health_leaves_no_session_and_asks_one_query(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get(reverse("healthz"))
    assert (response.status_code, response.text) == (200, "ok")
    assert not response.cookies


# --- Refusals ----------------------------------------------------------------------------------
@pytest.mark.parametrize(("kind", "status"), [("forbidden", 403), ("stale", 409)])
def test_a_refusal_is_a_page_with_its_sentence(client, monitor, kind, status):
    client.force_login(monitor)
    response = client.post(f"/thu/{kind}/", {"text": "Đã phổ biến tại họp phòng"})
    assert response.status_code == status
    assert str(REFUSALS[kind].default_sentence) in response.text
    assert "Đã phổ biến tại họp phòng" in response.text, "what was typed is shown again"


def test_a_refused_button_goes_back_with_a_message(client, monitor):
    client.force_login(monitor)
    response = client.post("/thu/incomplete/", headers={"Referer": "http://testserver/thu-trang/"})
    assert (response.status_code, response["Location"]) == (303, "http://testserver/thu-trang/")
    said = [str(message) for message in messages.get_messages(response.wsgi_request)]
    assert said == [str(errors.Incomplete.default_sentence)]


def test_a_refused_button_never_goes_back_to_another_site(client, monitor):
    client.force_login(monitor)
    response = client.post("/thu/incomplete/", headers={"Referer": "https://evil.example/"})
    assert response["Location"] == reverse("today")


def test_a_refused_form_with_words_on_it_loses_none(client, monitor):
    client.force_login(monitor)
    response = client.post("/thu/incomplete/", {"text": "Một câu dài <b>của tôi</b>", "password": "bí mật"})
    assert response.status_code == 422
    assert "Một câu dài &lt;b&gt;của tôi&lt;/b&gt;" in response.text
    assert "bí mật" not in response.text


def test_a_program_is_refused_in_json(client, monitor):
    client.force_login(monitor)
    response = client.post("/thu/stale/", headers={"Accept": "application/json"})
    assert response.status_code == 409
    assert response.json() == {"error": str(errors.Stale.default_sentence)}


def test_a_button_s_address_opened_as_a_page_says_so_and_leads_to_the_page_of_the_button(client, monitor):
    for address, above in {"/tuy-chon/": "/", "/nhiem-vu/7/xac-nhan/": "/nhiem-vu/7/"}.items():
        client.force_login(monitor)
        answer = client.get(address)
        assert (answer.status_code, answer["Allow"]) == (405, "POST")
        assert "Chưa có gì được thực hiện" in answer.text
        assert f'href="{above}">Mở trang có nút bấm' in answer.text


def test_a_page_that_holds_what_was_typed_offers_no_switch_that_would_lose_it(client, monitor):
    client.force_login(monitor)
    shown = client.get(reverse("account_change_password"))
    assert 'name="theme"' in shown.text
    refused = client.post(reverse("account_change_password"), {"oldpassword": "x"})
    for answer in (refused, client.post("/thu/stale/", {"text": "Đã phổ biến tại họp"})):
        assert 'name="theme"' not in answer.text
        assert 'name="language"' not in answer.text
        assert "Trang này đang giữ nội dung chưa lưu." in answer.text
        assert re.search(r"<title>\s*Lỗi: ", answer.text), "the title says it before anything else is read"


# --- When something went wrong -----------------------------------------------------------------
def test_an_unknown_address_is_a_page_in_the_look(client, monitor):
    assert client.get("/khong-co/").status_code == 404
    client.force_login(monitor)
    page = client.get("/khong-co/")
    assert page.status_code == 404
    assert "Không có trang này" in page.text
    assert 'class="nav"' in page.text


def test_an_unreachable_database_is_said_and_nothing_typed_is_lost(client):
    client.raise_request_exception = False
    response = client.post(reverse("unreachable"), {"text": "Nội dung đã gõ", "password1": "hai từ"})
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "Nội dung đã gõ" in response.text
    assert "hai từ" not in response.text
    assert "unsafe" not in response["Content-Security-Policy"]


def test_a_page_left_open_too_long_shows_what_was_typed(monitor, client):
    strict = client.__class__(enforce_csrf_checks=True)
    strict.force_login(monitor)
    response = strict.post("/thu-trang/", {"text": "Nội dung đã gõ"})
    assert response.status_code == 403
    assert "Nội dung đã gõ" in response.text


# --- Navigation --------------------------------------------------------------------------------
def test_navigation_costs_one_query_beside_the_person(client, monitor, django_assert_max_num_queries):
    client.force_login(monitor)
    with django_assert_max_num_queries(3):
        page = client.get(reverse("account_change_password")).text
    assert "Trần Thị Thu Hà" in page
    assert ">TH</span>" in page
    assert "Sở Giao thông vận tải" in page


def test_a_visitor_sees_no_navigation(client):
    page = client.get("/khong-co/").text
    assert 'class="nav"' not in page
    assert 'class="tabbar"' not in page


# --- The admin's door --------------------------------------------------------------------------
def test_the_admin_is_entered_through_the_portals_door(client):
    response = client.get(reverse("admin:index"), follow=True)
    assert response.redirect_chain[-1][0] == f"{reverse('account_login')}?next=%2Fquan-tri%2F"


@pytest.mark.parametrize("role", Role)
def test_only_clerks_and_administrators_enter_the_admin(client, office, role):
    client.force_login(make_user(role, office))
    response = client.get(reverse("admin:index"))
    assert response.status_code == (200 if role in {Role.CLERK, Role.ADMIN} else 302)


# --- Static files ------------------------------------------------------------------------------
def test_nothing_is_written_inline(client, office):
    client.force_login(make_user(Role.ADMIN, office))
    for address in (reverse("account_change_password"), "/khong-co/", reverse("admin:index")):
        page = client.get(address).text
        assert not re.search(r"<style|<script(?! [^>]*src)| style=| on[a-z]+=", page)


def test_static_files_are_hashed_and_every_font_is_found(settings, tmp_path):
    production = portal.settings.STORAGES["staticfiles"]
    settings.STORAGES = settings.STORAGES | {"staticfiles": production}
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0)
    (sheet,) = [path.read_text() for path in tmp_path.glob("css/page-rooms.????????????.css")]
    assert list(tmp_path.glob("css/page-rooms.????????????.css.br"))
    assert not re.search(r"@import|/\*|\n\s", sheet), "one file, and nothing in it that only we read"
    assert sheet.index(":root") < sheet.index("@media print")
    assert len(re.findall(r'url\("\.\./(fonts/[^"]+)"\)', sheet)) == 3
    for font in re.findall(r'url\("\.\./(fonts/[^"]+)"\)', sheet):
        assert (tmp_path / font).exists()
