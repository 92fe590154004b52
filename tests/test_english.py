"""In English every word of a page is English but for what people here wrote themselves, and the paper.

What is Vietnamese for good says so: it stands in the database, or under `lang="vi"`. The pages are fetched by
test_routes.py, which asks for every page of the demo world as everybody and hands over what it got.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.db.models import CharField, JSONField, TextField
from django.utils import translation

from directives.templatetags import wording

VIETNAMESE = re.compile(
    r"[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", re.IGNORECASE
)
SHOWN_ATTRIBUTES = {"alt", "aria-label", "content", "data-l", "label", "placeholder", "title"}
EMPTY_ELEMENTS = {"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
PRODUCT = "thông suốt"
SHORTEST_CUT = 4  # letters of a text that a page cut off, to know it again


class Said(HTMLParser):
    """Every piece of text of a page, and of the attributes that are read out, but for what is marked Vietnamese."""

    def __init__(self, page: str):
        super().__init__()
        self.texts: set[str] = set()
        self._languages = [""]
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        language = named.get("lang") or self._languages[-1]
        if tag not in EMPTY_ELEMENTS:
            self._languages.append(language)
        for name in SHOWN_ATTRIBUTES & named.keys():
            self._take(named[name], self._languages[-2] if tag not in EMPTY_ELEMENTS else language)
        if tag == "input" and named.get("type") in {"submit", "button"}:
            self._take(named.get("value"), language)

    def handle_endtag(self, tag):
        self._languages.pop()

    def handle_data(self, data):
        self._take(data, self._languages[-1])

    def _take(self, text, language):
        if text and language != "vi" and VIETNAMESE.search(text):
            self.texts.add(plain(text))


def plain(text: str) -> str:
    return " ".join(text.split()).casefold()


class Spoken:
    """What pages that were asked for in English still said in Vietnamese, and where."""

    def __init__(self):
        self._said: dict[str, set[str]] = defaultdict(set)

    def listen(self, where: str, answer) -> None:
        if not answer["Content-Type"].startswith("text/html"):
            return
        page = answer.content.decode()
        assert '<html lang="en"' in page or "<html" not in page, where
        for text in Said(page).texts:
            self._said[text].add(where)

    def vietnamese(self) -> list[str]:
        """A line for every text that nobody wrote and no page marks as Vietnamese."""
        written = sorted(set(_written()), key=len, reverse=True)
        return [
            f"{text[:120]!r} {sorted(pages)[:3]}"
            for text, pages in sorted(self._said.items())
            if VIETNAMESE.search(_without(text, written))
        ]


def _written() -> Iterator[str]:
    """Whatever people wrote: every text in the database, whole and line by line."""
    yield PRODUCT
    for model in (
        *apps.get_app_config("units").get_models(),
        *apps.get_app_config("directives").get_models(),
    ):
        fields = [f for f in model._meta.concrete_fields if isinstance(f, (CharField, TextField, JSONField))]
        for row in model._default_manager.values_list(*(field.attname for field in fields)):
            yield from _strings(row)


def _strings(value) -> Iterator[str]:
    if isinstance(value, str):
        yield from (plain(text) for text in (value, *value.splitlines()) if VIETNAMESE.search(text))
    elif isinstance(value, dict):
        yield from _strings(list(value.values()))
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _strings(part)


def _without(text: str, written: list[str]) -> str:
    """The text without what people wrote. A text cut off with "…" is known by its beginning."""
    for cut in re.findall(r"[^…]+(?=…)", text):
        text = re.sub(rf"{re.escape(_begun(cut, written))}\s*…", " ", text)
    for one in written:
        if one in text:
            text = re.sub(rf"(?<!\w){re.escape(one)}(?!\w)", " ", text)
    return text


def _begun(cut: str, written: list[str]) -> str:
    """The longest end of the text that begins one of the written; before whole texts are looked for inside it."""
    ends = (cut[at.start() :].rstrip() for at in re.finditer(r"(?<!\w)\w", cut))
    known = (end for end in ends if len(end) >= SHORTEST_CUT and any(one.startswith(end) for one in written))
    return next(known, "")


def test_the_search_for_vietnamese_finds_it():
    page = '<p>Tasks<b title="Nhiệm vụ">Đơn vị: Phòng A</b></p><i lang="vi">Quyết định</i><td data-l="Hạn">Ký, phòng…</td>'
    texts = Said(page).texts
    assert texts == {"nhiệm vụ", "đơn vị: phòng a", "hạn", "ký, phòng…"}
    assert {_without(text, ["phòng a"]).strip() for text in texts} == {"nhiệm vụ", "đơn vị:", "hạn", "ký,"}


@pytest.mark.parametrize(
    ("said", "vietnamese", "english"),
    [
        (lambda: wording.day(date(2024, 3, 5)), "05/3/2024", "5 Mar 2024"),
        (lambda: wording.day(date(2024, 2, 19)), "19/02/2024", "19 Feb 2024"),
        (lambda: wording.short_day(date(2024, 12, 31)), "31/12", "31 Dec"),
        (lambda: wording.long_day(date(2024, 6, 10)), "thứ Hai 10/6/2024", "Monday 10 Jun 2024"),
        (
            lambda: wording.moment(datetime(2024, 6, 10, 1, 52, tzinfo=UTC)),
            "08:52 10/6/2024",
            "08:52, 10 Jun 2024",
        ),
        (lambda: wording.number(1234567), "1.234.567", "1,234,567"),
        (lambda: wording.percent(0.871), "87,1\N{NO-BREAK SPACE}%", "87.1%"),
        (lambda: wording.file_size(3_200_000), "3,2\N{NO-BREAK SPACE}MB", "3.2\N{NO-BREAK SPACE}MB"),
        (
            lambda: wording.due_label(date(2024, 6, 3), date(2024, 6, 4)),
            "Quá hạn 1 ngày · 03/6/2024",
            "Overdue by 1 day · 3 Jun 2024",
        ),
        (
            lambda: wording.due_label(date(2024, 6, 3), date(2024, 6, 1)),
            "Còn 2 ngày · thứ Hai 03/6",
            "2 days left · Monday 3 Jun",
        ),
        (lambda: wording.due_label(None), "Không có thời hạn", "No deadline"),
    ],
)
def test_dates_numbers_and_deadlines_have_two_forms(said, vietnamese, english):
    with translation.override("vi"):
        assert said() == vietnamese
    with translation.override("en"):
        assert said() == english
