"""Dates, numbers, deadlines and standings as they are said in both languages."""

import re
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from directives.compliance import Cell, Key, Tally
from directives.enums import Duty, Standing
from directives.templatetags import tracking, wording
from directives.templatetags.components import BAR_WIDTH, SEEN, segments
from directives.templatetags.figures import PARTS, PIECES
from directives.templatetags.icons import PATHS, draw
from directives.templatetags.matrix import cell_words

MONDAY = date(2024, 6, 10)


@pytest.fixture(params=["vi"], autouse=True)
def language(request):
    with translation.override(request.param):
        yield request.param


def render(source, **context):
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (date(2024, 3, 5), "05/3/2024"),
        (date(2024, 1, 19), "19/01/2024"),
        (date(2024, 2, 28), "28/02/2024"),
        (date(2023, 12, 28), "28/12/2023"),
        (date(2024, 10, 1), "01/10/2024"),
        (None, ""),
    ],
)
def test_day_has_two_digits_and_the_month_only_in_january_and_february(value, said):
    assert wording.day(value) == said


@given(st.dates(min_value=date(1945, 1, 1), max_value=date(2100, 1, 1)))
def test_a_said_day_names_exactly_one_date(value):
    with translation.override("vi"):
        day, month, year = wording.day(value).split("/")
    assert date(int(year), int(month), int(day)) == value
    assert len(day) == 2
    assert len(month) == (2 if int(month) < 3 or int(month) > 9 else 1)


def test_a_moment_is_the_office_wall_clock():
    assert wording.moment(datetime(2024, 6, 9, 18, 30, tzinfo=UTC)) == "01:30 10/6/2024"
    assert wording.day(datetime(2024, 6, 9, 18, 30, tzinfo=UTC)) == "10/6/2024"


def test_long_day_names_the_weekday():
    assert wording.long_day(MONDAY) == "thứ Hai 10/6/2024"
    assert wording.long_day(date(2024, 6, 16)) == "Chủ nhật 16/6/2024"


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_english_keeps_the_day_first(language):
    assert wording.day(date(2024, 3, 5)) == "5 Mar 2024"
    assert wording.short_day(date(2024, 3, 5)) == "5 Mar"
    assert wording.moment(datetime(2024, 6, 10, 1, 52, tzinfo=UTC)) == "08:52, 10 Jun 2024"
    assert wording.number(1234.5, 1) == "1,234.5"
    assert wording.percent(0.871) == "87.1%"


def test_numbers():
    assert wording.number(1234567) == "1.234.567"
    assert wording.number(0) == "0"
    assert wording.number(None) == ""
    assert wording.percent(0.871) == "87,1\N{NO-BREAK SPACE}%"
    halves = {(1, 16): "6,3", (3, 16): "18,8", (1, 80): "1,3", (1971, 2000): "98,6", (41, 80): "51,3"}
    for (part, whole), said in halves.items():
        assert wording.percent(part / whole) == f"{said}\N{NO-BREAK SPACE}%", "as a spreadsheet shows it"
    assert wording.percent(1) == "100,0\N{NO-BREAK SPACE}%"
    assert wording.percent(None) == "–"
    assert wording.file_size(214_300) == "214\N{NO-BREAK SPACE}kB"
    assert wording.file_size(3_240_000) == "3,2\N{NO-BREAK SPACE}MB"


@pytest.mark.parametrize(
    ("due_on", "said", "tone"),
    [
        (date(2024, 5, 31), "Quá hạn 10 ngày · 31/5/2024", "over"),
        (date(2024, 6, 9), "Quá hạn 1 ngày · 09/6/2024", "over"),
        (MONDAY, "Hôm nay · 10/6", "soon"),
        (date(2024, 6, 14), "Còn 4 ngày · thứ Sáu 14/6", "soon"),
        (date(2024, 6, 17), "Còn 7 ngày · thứ Hai 17/6", "soon"),
        (date(2024, 6, 18), "Còn 8 ngày · 18/6/2024", ""),
        (None, "Không có thời hạn", ""),
    ],
)
def test_due_label(due_on, said, tone):
    words = wording.due_words(due_on, MONDAY)
    assert (str(words), words.tone) == (said, tone)


def test_due_label_says_working_days_beside_calendar_days():
    words = wording.due_words(date(2024, 5, 31), MONDAY, working_days=6)
    assert str(words) == "Quá hạn 10 ngày · (6 ngày làm việc) · 31/5/2024"
    shown = render("{% due due_on as_of 6 %}", due_on=date(2024, 5, 31), as_of=MONDAY)
    assert shown.strip() == (
        '<span class="due over"><b>Quá hạn 10 ngày</b> <span class="d">(6 ngày làm việc) · 31/5/2024</span></span>'
    )


@pytest.mark.parametrize("standing", Standing)
def test_every_standing_has_symbol_class_and_words(standing):
    assert len(wording.standing_glyph(standing)) == 1
    assert wording.standing_class(standing.value)
    assert wording.standing_words(standing) == standing.label
    assert wording.standing_short(standing) in render("{% chip standing %}", standing=standing)


def test_waiting_never_hides_late_and_only_overdue_is_solid_red():
    assert wording.standing_class(Standing.AWAITING_LATE) != wording.standing_class(Standing.AWAITING)
    assert [s for s in Standing if wording.standing_class(s) == "over"] == [Standing.OVERDUE]


@given(st.lists(st.tuples(st.sampled_from(["ok", "over", "run"]), st.integers(0, 5000)), max_size=12))
def test_bar_pieces_fill_the_bar_in_order_and_each_is_seen(counts):
    pieces = segments(counts)
    told = [(css, count) for css, count in counts if count]
    assert [piece.css for piece in pieces] == [css for css, _ in told]
    widths = [piece.end - start for piece, start in zip(pieces, [0, *(p.end for p in pieces)], strict=False)]
    assert sum(widths) == (BAR_WIDTH if told else 0)
    total = sum(count for _, count in told)
    for width, (_, count) in zip(widths, told, strict=True):
        assert width >= SEEN
        assert abs(width - BAR_WIDTH * count / total) <= SEEN * len(told)


@pytest.mark.parametrize("lines", [PARTS, PIECES])
def test_every_assignment_is_in_one_piece(lines):
    keys = [key for line, _standing in lines for key in line.keys]
    assert Counter(keys) == Counter(Tally.total.keys)


@pytest.mark.parametrize(
    ("standing", "returned", "short"),
    [
        (Standing.OVERDUE, False, "!3"),
        (Standing.OVERDUE, True, "↩!3"),
        (Standing.DUE_SOON, True, "↩3"),
        (Standing.IN_TIME, True, "↩"),
        (Standing.DONE_LATE, False, "✓+3"),
    ],
)
def test_a_symbol_tells_without_its_colour_what_came_back_and_is_late(standing, returned, short):
    assert cell_words(Cell(Key(standing, Duty.LEAD, returned), 3)).short == short


VALUES = st.one_of(st.text(max_size=12), st.booleans(), st.integers(), st.none(), st.floats())


@given(st.dictionaries(st.sampled_from(["id", "required", "class", "data-x", "min"]), VALUES))
def test_a_widget_has_the_attributes_that_django_would_write(attrs):
    """To the last space: a renderer would strip what it hands out."""
    shown = [
        engine.get_template("django/forms/widgets/attrs.html").render({"widget": {"attrs": attrs}})
        for engine in (TemplatesSetting(), DjangoTemplates())
    ]
    assert shown[0] == shown[1]


def test_bar_speaks_its_conclusion_and_writes_plain_numbers():
    shown = render("{% bar counts label %}", counts=[("ok", 1), ("over", 2)], label="1 trên 3 <xong>")
    assert 'aria-label="1 trên 3 &lt;xong&gt;"' in shown
    assert shown.index('class="f-over" width="100"') < shown.index('class="f-ok" width="33"')


def test_a_bar_beside_its_very_numbers_is_not_read_out():
    shown = render("{% bar counts %}", counts=[("ok", 1)])
    assert 'aria-hidden="true"' in shown
    assert "role=" not in shown


@pytest.mark.parametrize(
    ("standings", "named"),
    [
        ([Standing.OVERDUE, Standing.DONE_LATE], [("late", "Hoàn thành quá hạn"), ("over", "Quá hạn")]),
        ([Standing.AWAITING_LATE], [("wait", "Chờ xác nhận")]),
        ([Standing.AWAITING_LATE, Standing.AWAITING], [("wait", "Chờ xác nhận")]),
        ([Standing.PAUSED, Standing.DUE_TODAY], [("paused", "Tạm dừng"), ("soon", "Sắp đến hạn")]),
    ],
)
def test_the_key_of_the_bars_names_each_colour_that_they_have_once(standings, named):
    tally = Tally(Counter({Key(one, Duty.LEAD, False): 1 for one in standings}))
    key = render("{% load figures %}{% bar_key tally %}", tally=tally)
    assert re.findall(r'f-(\w+)" [^/]*/></svg> ([^<]+)<', key) == named
    assert re.findall(r'id="in-(\w+)"', key) == [css for css, _words in named if css in ("soon", "paused")]


def test_icons_are_silent_and_known():
    assert all('aria-hidden="true"' in draw(name) for name in PATHS)
    with pytest.raises(KeyError):
        draw("unicorn")


def test_words_after_others_keep_their_names():
    assert tracking.mid_sentence("Submitted 23 Nov 2026, 6 days late") == "submitted 23 Nov 2026, 6 days late"


def test_what_is_cut_ends_with_dots_that_stay_on_its_line():
    assert wording.truncatewords("Chủ động phổ biến, quán triệt", 4) == "Chủ động phổ biến,…"
    assert wording.truncatewords("Chủ động", 4) == "Chủ động"
    assert Template("{{ text|truncatewords:1 }}").render(Context({"text": "<b> x"})) == "&lt;b&gt;…"
