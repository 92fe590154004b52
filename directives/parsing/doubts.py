"""What the drafter must look at, and how it is said."""

from collections.abc import Iterator

from .header import Header
from .result import Doubt, ParsedSigner, ParsedTask
from .text import Source

_SENTENCES = {
    "number_blank": "Bản gốc để trống số; văn thư cấp số khi phát hành.",
    "number_missing": "Không tìm thấy số, ký hiệu trong văn bản.",
    "day_blank": "Bản gốc để trống ngày ban hành; ngày được ghi khi phát hành.",
    "date_unreadable": "Không đọc được ngày ban hành in trong văn bản.",
    "date_missing": "Không tìm thấy ngày ban hành trong văn bản.",
    "issuer_missing": "Văn bản không in tên cơ quan ban hành.",
    "kind_inferred": "Tên loại “{kind}” được suy từ ký hiệu {notation}, văn bản không in tên loại.",
    "kind_unlike_notation": "Tên loại in là “{kind}” nhưng ký hiệu {notation} là của {other}.",
    "title_missing": "Không tìm thấy trích yếu.",
    "from_article": "Đây là bài viết về văn bản, không phải chính văn bản; số, ngày và cơ quan lấy từ câu giới thiệu.",
    "signer_missing": "Không tìm thấy người ký.",
    "recipients_missing": "Không tìm thấy nơi nhận.",
    "no_tasks": "Không tìm thấy nhiệm vụ nào trong văn bản.",
    "no_numbered_task": "Văn bản không đánh số nhiệm vụ; các nhiệm vụ được lấy từ câu có giao việc.",
    "deadline_missing": "Văn bản không nêu thời hạn cho nhiệm vụ {task}.",
    "deadline_undated": "Thời hạn “{deadline}” của nhiệm vụ {task} chưa quy ra được ngày.",
}


def sentence(doubt: Doubt) -> str:
    """The doubt in Vietnamese; every code has a sentence."""
    return _SENTENCES[doubt.code].format_map(doubt.params)


def header_doubts(source: Source, header: Header, other_kind: str | None) -> Iterator[Doubt]:
    """What the header leaves open."""
    spans = {name: source.span(*place) for name, place in header.places.items()}
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


def task_doubts(tasks: tuple[ParsedTask, ...]) -> Iterator[Doubt]:
    """Tasks without a deadline or with one that is no day; headings owe nothing themselves."""
    if not tasks:
        yield Doubt("no_tasks", "tasks")
    elif all(task.label is None for task in tasks):
        yield Doubt("no_numbered_task", "tasks")
    for at, task in enumerate(tasks):
        params = {"task": task_name(tasks, at), "deadline": task.deadline_text or ""}
        if task.deadline_text is None and not task.is_heading:
            yield Doubt("deadline_missing", "deadline", at, task.span, params)
        elif task.deadline_text and task.deadline_on is None and task.recurrence is None:
            yield Doubt("deadline_undated", "deadline", at, task.deadline_span, params)


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
