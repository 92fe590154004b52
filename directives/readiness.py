"""What a draft still lacks: field → sentence. Asked by the verbs of issuing, and by the screens before them."""

from datetime import date

from django.utils.translation import gettext as _

from directives import distribution, periods, register
from directives.enums import IN_FORCE
from directives.errors import Incomplete
from directives.models import Directive, TaskUnit
from units import clock
from units.models import Unit
from units.naming import fold

# The first papers of today's State.
EARLIEST = date(1945, 1, 1)


def missing_for_submission(directive) -> dict[str, str]:
    """What a draft still lacks before a leader may be asked to sign: field → sentence."""
    missing = _missing_heading(directive)
    if directive.issuer_id != directive.office_id:
        missing["issuer"] = _("Văn bản của cơ quan khác chỉ vào sổ, không trình ký.")
    elif stranger := _signed_as(directive):
        missing["notation"] = _("Ký hiệu %(notation)s là của %(unit)s. Hãy ghi ký hiệu của cơ quan mình.") % {
            "notation": directive.notation,
            "unit": stranger.name,
        }
    tasks = list(directive.tasks.all())
    orders, called = [task for task in tasks if not task.is_heading], _called(tasks)
    if not orders:
        missing["tasks"] = _("Văn bản chưa có nhiệm vụ nào. Hãy chọn đoạn văn và tạo nhiệm vụ.")
    for task in orders:
        if not task.due_on and not task.undated_reason and not task.review_on and not task.recurrence:
            missing[f"task-{task.pk}"] = _(
                "Nhiệm vụ %(label)s chưa có thời hạn hoặc lý do không có thời hạn."
            ) % {"label": called[task.pk]}
    missing |= _due_twice(orders, called) | _unknown_units(directive, called)
    if not distribution.is_acted_on(directive, clock.today()):
        missing["recipients"] = _("Văn bản chưa có đơn vị nào nhận để thực hiện.")
    return missing | _due_too_early(tasks, clock.today())


def missing_for_issue(directive, day) -> dict[str, str]:
    """What still keeps a signed directive from being issued on `day`."""
    missing = missing_for_submission(directive)
    try:
        register.book_of(directive)
    except Incomplete as refused:
        missing |= refused.fields
    return missing | _due_too_early(directive.tasks.all(), day)


def missing_for_record(directive) -> dict[str, str]:
    """What keeps a document issued elsewhere from being recorded. Tasks and recipients are not required."""
    missing = _missing_heading(directive)
    if not directive.issuer:
        missing["issuer"] = _("Hãy chọn cơ quan ban hành, hoặc ghi tên để thêm vào danh mục.")
    if not directive.number:
        missing["number"] = _("Hãy ghi số in trên văn bản.")
    elif twin_of(directive):
        missing["number"] = recorded_already(_code(directive))
    if not directive.issued_on:
        missing["issued_on"] = _("Hãy ghi ngày in trên văn bản.")
    elif not EARLIEST <= directive.issued_on <= clock.today():
        missing["issued_on"] = _("Ngày ban hành phải từ năm 1945 đến hôm nay.")
    else:
        missing |= _due_too_early(directive.tasks.all(), directive.issued_on)
    tasks = list(directive.tasks.all())
    return missing | _due_twice([task for task in tasks if not task.is_heading], _called(tasks))


def twin_of(directive) -> Directive | None:
    """The document in force that the office keeps under this issuer, number and day already. One query."""
    named = {"office": directive.office_id, "issuer": directive.issuer_id, "code": _code(directive)}
    same = Directive.objects.filter(**named, issued_on=directive.issued_on, state__in=IN_FORCE)
    return same.exclude(pk=directive.pk).first()


def recorded_already(code) -> str:
    """What is said of the second paper of a code and a day."""
    return _("Văn bản %(code)s ngày này đã có trong sổ.") % {"code": code}


def _missing_heading(directive):
    missing = {}
    if not directive.title.strip():
        missing["title"] = _("Hãy ghi trích yếu.")
    if not directive.notation.strip():
        missing["notation"] = _("Hãy ghi ký hiệu.")
    return missing


def _code(directive):
    return register.code(directive.number, directive.notation, directive.notation_style)


def _signed_as(directive) -> Unit | None:
    """Another body whose abbreviation the notation carries, when the issuer's own is not in it."""
    parts = directive.notation.replace("-", "/").split("/")
    own = fold(directive.issuer.notation)
    if not own or own in map(fold, parts):
        return None
    return Unit.objects.alive().filter(notation__in=parts).exclude(notation="").order_by("path").first()


def _unknown_units(directive, called):
    """A task led by a name nobody knows would be owed by nobody."""
    names: dict[int, list[str]] = {}
    for line in TaskUnit.objects.filter(task__directive=directive, unit=None, group=None):
        names.setdefault(line.task_id, []).append(f"“{line.text}”")
    return {
        f"task-{pk}-units": _("Nhiệm vụ %(label)s: chưa rõ %(names)s là đơn vị nào.")
        % {"label": called[pk], "names": ", ".join(unknown)}
        for pk, unknown in names.items()
    }


def _called(tasks) -> dict[int, str]:
    """What each task is called, as every part of a plan counts from 1 again: "II.3.a". In the order of the paper."""
    called: dict[int, str] = {}
    for task in tasks:
        own, above = task.label or str(task.position), called.get(task.parent_id)
        called[task.pk] = f"{above}.{own}" if above else own
    return called


def _due_twice(orders, called):
    """Recurring work is due in each of its periods, by a rule that can be carried out."""
    missing = {}
    for task in orders:
        if task.recurrence and task.due_on:
            missing[f"task-{task.pk}"] = _(
                "Nhiệm vụ %(label)s định kỳ thì có hạn theo từng kỳ: bỏ thời hạn chung."
            ) % {"label": called[task.pk]}
        elif task.recurrence and periods.faults(task.rule):
            missing[f"task-{task.pk}-rule"] = _("Nhiệm vụ %(label)s: hạn trong kỳ chưa đủ.") % {
                "label": called[task.pk]
            }
    return missing


def _due_too_early(tasks, day):
    tasks = list(tasks)
    called = _called(tasks)
    return {
        f"task-{task.pk}": _("Thời hạn của nhiệm vụ %(label)s không được trước ngày ban hành.")
        % {"label": called[task.pk]}
        for task in tasks
        if task.due_on and task.due_on < day
    }
