"""Whatever is pasted: no exception, spans inside the text, parents before children, time linear in the length."""

import time
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directives.parsing import Span, parse, sentence
from directives.parsing.labels import as_labels
from directives.parsing.text import Source, squeeze

from .samples import ALL, LETTER

SCRAPS = st.sampled_from(
    ["Số: ", "1. ", "a) ", "I- ", "Điều 1. ", "- ", "| ", "\n", "ngày ", "tháng 3 năm 2024", "Kính gửi:", "Nơi nhận:\n", "Lưu: VT",
     "Giao Sở Xây dựng ", "chủ trì, phối hợp với ", "12-KH/TU", "KẾ HOẠCH\n", "V/v ", "TM. ", "GIÁM ĐỐC\n", "\t", "e\u0301", "**", "<br>"]
)  # fmt: skip
PASTED = st.lists(SCRAPS | st.text(max_size=12), max_size=40).map("".join)


def check(text):
    parsed = parse(text)
    for span in all_spans(parsed):
        assert 0 <= span.start <= span.end <= len(text)
    starts = [task.span.start for task in parsed.tasks]
    assert starts == sorted(starts)
    for at, task in enumerate(parsed.tasks):
        assert task.parent is None or 0 <= task.parent < at
        assert task.parent_label == (parsed.tasks[task.parent].label if task.parent is not None else None)
    assert all(sentence(doubt) for doubt in parsed.doubts)
    as_labels(parsed)


def all_spans(parsed):
    parts = (*parsed.addressees, *parsed.citations, *parsed.tasks, *parsed.recipients)
    found = [*parsed.spans.values(), *(part.span for part in parts), *(d.span for d in parsed.doubts)]
    found += [task.deadline_span for task in parsed.tasks]
    return [span for span in found if span is not None]


@given(st.text(max_size=400))
def test_any_text(text):
    check(text)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(PASTED)
def test_scraps_of_directives(text):
    check(text)


@given(st.text(max_size=200))
def test_source_maps_every_place_back(text):
    source = Source(text)
    assert len(source.plain) == len(source.text)
    assert source.span(0, len(source.text)).end <= len(text)
    for at in range(len(source.text)):
        span = source.span(at, at + 1)
        assert 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize("text", ALL)
def test_spans_hold_what_was_read(text):
    parsed = parse(text)

    def printed(span: Span) -> str:
        return squeeze(text[span.start : span.end])

    for name in ("kind", "number", "notation", "code", "place", "title", "urgency"):
        value = getattr(parsed, name)
        if value is not None and name in parsed.spans:
            assert value.casefold() in printed(parsed.spans[name]).replace("*", "").casefold()
    for task in parsed.tasks:
        assert (
            printed(task.span)
            .removeprefix(task.label or "")
            .strip(" .)-|")
            .startswith(squeeze(task.text)[:20])
        )
        assert task.deadline_text is None or printed(task.deadline_span) == task.deadline_text
    for cited in parsed.citations:
        assert printed(cited.span) == (cited.code or cited.name)
    for part in (*parsed.addressees, *parsed.recipients):
        assert part.name in printed(part.span)


BAIT = [
    "1.", "(", "ngày ", " ", "\n", "1.\n", "a) b\n", "- a\n", "| a |\n", "|", "\t", "Số: ", "số 1/", "số 12-KH/TU ", "A-", "KH/", "1.1.1.",
    "Giao Sở A ", "phối hợp với các ", "trước ngày ", "của ", "Nơi nhận:\n", "Kính gửi: ", "Điều 1. A\n", "TM. A\n", "PHÓ CHỦ TỊCH\n",
    "Lưu: VT\n", "**", "\\", "e\u0301", "\u00a0", "<br>", "Luật ", "Kế hoạch số 1/KH-A của ", "gửi báo cáo ", " x   ", "a, b, ",
]  # fmt: skip


@pytest.mark.parametrize("scrap", BAIT)
@pytest.mark.parametrize(
    "header", ["", "Số: 1/KH-UBND\nKẾ HOẠCH\nVề việc x\nI. NHIỆM VỤ\n1. "], ids=["bare", "plan"]
)
def test_bait_costs_no_more_than_its_length(scrap, header):
    """Ample for a slow machine; anything quadratic takes minutes at this size."""
    began = time.process_time()
    parse(header + scrap * (100_000 // len(scrap)))
    assert time.process_time() - began < 5


@pytest.mark.parametrize("scrap", ["\n", "|", "1. a\n"])
def test_bait_takes_no_more_memory_than_a_server_bears(scrap):
    """A million letters, the most that may be sent; the portal parses them in its own process."""
    tracemalloc.start()
    parse(scrap * (100_000 // len(scrap)))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most * 10 < 100_000_000


def test_twice_the_text_takes_about_twice_the_time():
    once, twice = (fastest(LETTER * copies) for copies in (40, 80))
    assert twice < 3 * once


def fastest(text):
    spent = []
    for _ in range(3):
        began = time.process_time()
        parse(text)
        spent.append(time.process_time() - began)
    return min(spent)
