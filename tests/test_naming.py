"""Names and codes compare equal however they were typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from units.naming import abbreviations, fold, plain_letters, same_name

VIETNAMESE = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầệởựỹ ĐÂƯỞ-/.,;:()0123456789", max_size=60)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("254-KH/TU", "254 KH TU"),
        ("254-KH/TU", "254/KH-TU"),
        ("254-KH/TU", "254-kh/tu"),
        ("QĐ_BKHCN", "QĐ-BKHCN"),
        ("HÒA", "HOÀ"),
        ("Ủy ban nhân dân", "UỶ BAN  NHÂN\u00a0DÂN"),
        ("Sở Giao thông vận tải", unicodedata.normalize("NFD", "SỞ GIAO THÔNG VẬN TẢI")),
        ("Đăng kiểm", "đăng kiểm."),
    ],
)
def test_same_name(a, b):
    assert same_name(a, b)
    assert fold(a) == fold(b)


@pytest.mark.parametrize(
    ("a", "b"), [("254-KH/TU", "255-KH/TU"), ("Sở Xây dựng", "Sở Nội vụ"), ("", ""), ("-", "/")]
)
def test_not_the_same_name(a, b):
    assert not same_name(a, b)


def test_fold_shows_words():
    assert fold("  Trung tâm Đăng kiểm – 76.01S ") == "trung tam dang kiem 76 01s"


def test_abbreviations_are_the_initials():
    assert abbreviations("Phòng Quản lý kết cấu hạ tầng giao thông") == "pqlkchtgt"
    assert abbreviations("") == ""


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(VIETNAMESE)
def test_unicode_form_and_case_do_not_matter(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(text) == fold(text.upper()) == fold(text.lower())


@given(st.text(max_size=200))
def test_plain_letters_keep_every_offset(text):
    assert len(plain_letters(text)) == len(text)
