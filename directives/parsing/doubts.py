"""What the drafter must look at, and how it is said."""

import re
from collections.abc import Iterator

from units.naming import fold, plain_letters

from .deadlines import Deadline
from .header import Header
from .result import Doubt, ParsedSigner, ParsedTask
from .text import Source

_FROM_ISSUE = re.compile(r"tu\s{1,9}ngay\s{1,9}(?:ky|ban hanh|phat hanh|quyet dinh|ke hoach)\b")
_PERSON = re.compile(r"(?:các )?(?:đồng chí|ông|bà)\s", re.IGNORECASE)
# The order of điểm in Vietnamese; "đ", like the letters it lacks, may be left out without loss.
_LETTERS = "abcdeghiklmnopqrstuvxy"
_SAME = 60
_SENTENCES = {
    "number_blank": "Bản gốc để trống số; văn thư cấp số khi phát hành.",
    "number_missing": "Không tìm thấy số, ký hiệu trong văn bản.",
    "day_blank": "Bản gốc để trống ngày ban hành; ngày được ghi khi phát hành.",
    "date_unreadable": "Không đọc được ngày ban hành in trong văn bản.",
    "date_missing": "Không tìm thấy ngày ban hành trong văn bản.",
    "issuer_missing": "Văn bản không in tên cơ quan ban hành.",
    "legacy_letters": "Văn bản gõ bằng bảng mã cũ (TCVN3 hoặc VNI) đã được chuyển sang Unicode; chữ in hoa có thể thành chữ thường.",
    "kind_inferred": "Tên loại “{kind}” được suy từ ký hiệu {notation}, văn bản không in tên loại.",
    "kind_unlike_notation": "Tên loại in là “{kind}” nhưng ký hiệu {notation} là của {other}.",
    "title_missing": "Không tìm thấy trích yếu.",
    "from_article": "Đây là bài viết về văn bản, không phải chính văn bản; số, ngày và cơ quan lấy từ câu giới thiệu.",
    "signer_missing": "Không tìm thấy người ký.",
    "recipients_missing": "Không tìm thấy nơi nhận.",
    "no_tasks": "Không tìm thấy nhiệm vụ nào trong văn bản.",
    "no_numbered_task": "Văn bản không đánh số nhiệm vụ; các nhiệm vụ được lấy từ câu có giao việc.",
    "deadline_missing": "Văn bản không nêu thời hạn cho nhiệm vụ {task}.",
    "deadline_from_blank": "Thời hạn “{deadline}” của nhiệm vụ {task} tính từ ngày ban hành, mà bản gốc để trống ngày này.",
    "deadline_common": "Sau các nhiệm vụ có thời hạn “{deadline}”; hãy xem thời hạn này là của nhiệm vụ nào.",
    "lead_is_person": "Nhiệm vụ {task} giao cho cá nhân “{unit}”; hãy chọn đơn vị theo dõi.",
    "label_missing": "Giữa mục {before} và mục {after} không thấy mục {missing}; hãy đối chiếu bản gốc.",
    "task_repeated": "Nhiệm vụ {task} lặp lại nhiệm vụ {other}; hãy giữ một, hoặc giao cả hai.",
    "deadline_undated": "Thời hạn “{deadline}” của nhiệm vụ {task} chưa quy ra được ngày.",
}


def sentence(doubt: Doubt) -> str:
    """The doubt in Vietnamese; every code has a sentence."""
    return _SENTENCES[doubt.code].format_map(doubt.params)


def header_doubts(source: Source, header: Header, other_kind: str | None) -> Iterator[Doubt]:
    """What the header leaves open."""
    spans = {name: source.span(*place) for name, place in header.places.items()}
    if source.is_legacy:
        yield Doubt("legacy_letters", "body")
    if "number" not in header.places:
        yield Doubt("number_missing", "number")
    elif header.number is None:
        yield Doubt("number_blank", "number", span=spans["number"])
    if header.issued_on is None:
        yield Doubt(_date_code(header), "issued_on", span=spans.get("issued_on"))
    if header.issuer is None:
        yield Doubt("issuer_missing", "issuer")
    if header.title is None:
        yield Doubt("title_missing", "title")
    named = {"kind": header.kind or "", "notation": header.notation or "", "other": other_kind or ""}
    if header.kind_inferred:
        yield Doubt("kind_inferred", "kind", span=spans.get("notation"), params=named)
    elif other_kind:
        yield Doubt("kind_unlike_notation", "kind", span=spans.get("kind"), params=named)


def _date_code(header: Header) -> str:
    if header.date_hint is None:
        return "date_missing"
    return "date_unreadable" if header.date_hint.day else "day_blank"


def task_doubts(tasks: tuple[ParsedTask, ...], *, dated: bool) -> Iterator[Doubt]:
    """What is open about the tasks; headings owe nothing themselves. `dated`: the document prints its whole date."""
    if not tasks:
        yield Doubt("no_tasks", "tasks")
    elif all(task.label is None for task in tasks):
        yield Doubt("no_numbered_task", "tasks")
    for at, task in enumerate(tasks):
        params = {"task": task_name(tasks, at), "deadline": task.deadline_text or ""}
        if task.deadline_text is None and not task.is_heading:
            yield Doubt("deadline_missing", "deadline", at, task.span, params)
        elif task.deadline_text and task.deadline_on is None and task.recurrence is None:
            blank = not dated and _FROM_ISSUE.search(plain_letters(task.deadline_text))
            code = "deadline_from_blank" if blank else "deadline_undated"
            yield Doubt(code, "deadline", at, task.deadline_span, params)
        for unit in task.leads:
            if _PERSON.match(unit):
                yield Doubt("lead_is_person", "leads", at, task.span, params | {"unit": unit})
    yield from _missing_labels(tasks)
    yield from _repeated(tasks)


def _missing_labels(tasks: tuple[ParsedTask, ...]) -> Iterator[Doubt]:
    """A number or letter left out between two items under the same heading: read over, or lost by a scan."""
    above: dict[int | None, ParsedTask] = {}
    for at, task in enumerate(tasks):
        if task.from_table or not task.label:
            continue
        before = above.get(task.parent)
        above[task.parent] = task
        missing = _between(before.label, task.label) if before and before.label else None
        if before and missing:
            params = {"before": before.label or "", "after": task.label, "missing": missing}
            yield Doubt("label_missing", "tasks", at, task.span, params)


def _between(before: str, after: str) -> str | None:
    """The single label that should stand between two, or None."""
    if before.isdecimal() and after.isdecimal() and int(after) - int(before) == 2:
        return str(int(before) + 1)
    places = [_LETTERS.find(label) if len(label) == 1 else -1 for label in (before, after)]
    return _LETTERS[places[0] + 1] if min(places) >= 0 and places[1] - places[0] == 2 else None


def _repeated(tasks: tuple[ParsedTask, ...]) -> Iterator[Doubt]:
    """A task of the body that the table of the annex says again."""
    seen: dict[str, int] = {}
    for at, task in enumerate(tasks):
        key = fold(task.text[:_SAME])
        if len(key) < _SAME // 2 or task.is_heading:
            continue
        if key in seen and task.from_table != tasks[seen[key]].from_table:
            params = {"task": task_name(tasks, at), "other": task_name(tasks, seen[key])}
            yield Doubt("task_repeated", "tasks", at, task.span, params)
        seen.setdefault(key, at)


def common_deadline_doubt(source: Source, deadline: Deadline | None) -> Iterator[Doubt]:
    """A deadline named once, after all the tasks."""
    if deadline is not None:
        words = source.value(deadline.start, deadline.end)
        span = source.span(deadline.start, deadline.end)
        yield Doubt("deadline_common", "deadline", span=span, params={"deadline": words})


def task_name(tasks: tuple[ParsedTask, ...], at: int) -> str:
    """How the task is called in a sentence: its path "II.3.a", or its place in the list where it has no label."""
    labels: list[str] = []
    here: int | None = at
    while here is not None:
        labels.append(tasks[here].label or f"thứ {at + 1}")
        here = tasks[here].parent
    return ".".join(reversed(labels))


def closing_doubts(signer: ParsedSigner | None, recipients: tuple) -> Iterator[Doubt]:
    """What the foot of the document leaves open."""
    if signer is None or signer.name is None:
        yield Doubt("signer_missing", "signer", span=signer.span if signer else None)
    if not recipients:
        yield Doubt("recipients_missing", "recipients")
