"""Translations: what is collected, what counts as a problem, and that both languages reach the screen."""

import pytest
from babel.messages.catalog import Catalog
from django.utils.translation import gettext, ngettext, override

from portal import catalogues
from portal.catalogues import Book


def sentences(source: str) -> list:
    return [message.id for message in catalogues.collected([("a.py", source)]) if message.id]


def book_of(tmp_path, monkeypatch, wanted: dict, kept: dict) -> Book:
    monkeypatch.setattr(Book, "path", tmp_path / "django.po")
    monkeypatch.setattr(Book, "read", lambda self: filled(kept))
    return Book("en", "django", lambda: filled(wanted))


def filled(translations: dict) -> Catalog:
    catalog = Catalog(locale="en")
    for sentence, translation in translations.items():
        catalog.add(sentence, translation)
    return catalog


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('_("Văn bản")', ["Văn bản"]),
        ('gettext_lazy("Nhiệm " "vụ")', ["Nhiệm vụ"]),
        ('ngettext("%(n)d việc", "%(n)d việc", n)', [("%(n)d việc", "%(n)d việc")]),
        ('pgettext("nút", "Gửi")', ["Gửi"]),
        ('print("Văn bản")', []),
    ],
)
def test_sentences_are_found_in_python(source, found):
    assert sentences(source) == found


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ('{% translate "Đơn vị" %}', ["Đơn vị"]),
        ('  <p>it\'s\n    {% translate "Đơn vị" as unit %}\n  </p>', ["Đơn vị"]),
        ('{{ _("Gửi")|upper }}', ["Gửi"]),
        ("{% blocktranslate trimmed %}\n  Còn\n  {{ n }} ngày\n{% endblocktranslate %}", ["Còn %(n)s ngày"]),
        (
            "{% blocktranslate count n=n %}{{ n }} việc{% plural %}{{ n }} việc{% endblocktranslate %}",
            [("%(n)s việc", "%(n)s việc")],
        ),
        ('{% comment %}{% translate "Thừa" %}{% endcomment %}', []),
    ],
)
def test_sentences_are_found_in_templates(template, found):
    assert sentences(catalogues.from_template(template)) == found


@pytest.mark.parametrize(
    ("wanted", "kept", "problem"),
    [
        ({"Gửi": ""}, {"Gửi": "Send"}, None),
        ({"Gửi": ""}, {}, "not collected: Gửi"),
        ({}, {"Gửi": "Send"}, "no longer used: Gửi"),
        ({"Gửi": ""}, {"Gửi": ""}, "not translated: Gửi"),
        ({"Còn %(n)s": ""}, {"Còn %(n)s": "%(m)s left"}, "placeholders differ: Còn %(n)s"),
        ({"Còn %(n)s": ""}, {"Còn %(n)s": "left"}, "placeholders differ: Còn %(n)s"),
        ({("%(n)d việc",) * 2: ""}, {("%(n)d việc",) * 2: ("one job", "%(n)d jobs")}, None),
        ({("%(n)d việc",) * 2: ""}, {("%(n)d việc",) * 2: ("one job", "")}, "not translated: %(n)d việc"),
    ],
)
def test_a_catalogue_tells_its_problems(wanted, kept, problem, tmp_path, monkeypatch):
    book = book_of(tmp_path, monkeypatch, wanted, kept)
    assert list(catalogues.problems_of(book)) == ([problem] if problem else [])


def test_collecting_keeps_translations_and_drops_what_is_gone(tmp_path, monkeypatch):
    monkeypatch.setattr(Book, "path", tmp_path / "LC_MESSAGES" / "django.po")
    monkeypatch.setattr(catalogues, "relative", str)
    catalogues.update(Book("en", "django", lambda: filled({"Gửi": "", "Xóa": ""})))
    path = Book("en", "django", Catalog).path
    path.write_text(path.read_text().replace('msgid "Gửi"\nmsgstr ""', 'msgid "Gửi"\nmsgstr "Send"'))
    catalogues.update(Book("en", "django", lambda: filled({"Gửi": "", "Lưu": ""})))
    kept = Book("en", "django", Catalog).read()
    assert {message.id: message.string for message in kept if message.id} == {"Gửi": "Send", "Lưu": ""}


@pytest.mark.parametrize(
    ("sentence", "vietnamese"),
    [
        ("Enter a valid JSON.", "Hãy nhập JSON hợp lệ."),  # missing in Django's own catalogue
        ("This field is required.", "Trường này là bắt buộc."),  # present there
        ("Too many failed login attempts. Try again later.", "Đăng nhập sai quá nhiều lần. Hãy thử lại sau."),
    ],
)
def test_the_libraries_speak_vietnamese(sentence, vietnamese):
    with override("vi"):
        assert gettext(sentence) == vietnamese


def test_plurals_of_the_libraries_are_vietnamese():
    with override("vi"):
        assert ngettext("%(num)d week", "%(num)d weeks", 3) % {"num": 3} == "3 tuần"


def test_no_sentence_of_a_library_is_left_in_english():
    assert [problem for problem in catalogues.problems() if problem.startswith("vi")] == []
