"""Every address of the portal and what it answers to each person of the demo world: one line, one address.

Read by test_routes.py (every route has a line, every answer holds) and by the browser's sweep, which
opens whatever a line says can be opened. A number names who gets it; `REST` is everybody else who has
signed in; a person who has not is sent to sign in, but for the lines that say otherwise.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLResolver, get_resolver
from PIL import Image

from directives import drafting, files, freezing, issuing, notices
from directives.compliance import Span
from directives.demo import story
from directives.models import (
    Assignment,
    Attachment,
    Directive,
    Evidence,
    ProgressNote,
    Register,
    Sector,
    Task,
)
from tests.route_lines import (  # noqa: F401 - read from here
    FREEZERS,
    NOBODY,
    OFFICE,
    PEOPLE,
    READERS,
    REST,
    ROOM,
    STRANGER,
    WORKERS,
    Line,
)
from tests.route_lines import (
    admin as _admin,
)
from tests.route_lines import (
    kept as _kept,
)
from tests.route_lines import (
    open_to as _open_to,
)
from tests.route_lines import (
    post_only as _post_only,
)
from units import clock, structure
from units.enums import DayKind
from units.models import CalendarDay, Event, Membership, Unit, UnitGroup, User

LINES = [
    # --- The house ---
    Line("/healthz", {200: REST}, stranger=200),
    Line("/dang-nhap/", {302: REST}, stranger=200),
    Line("/doi-mat-khau/", {200: REST}),
    *(Line(path, {405: REST}, stranger=405) for path in ("/tuy-chon/", "/dang-xuat/")),
    # --- Figures ---
    Line("/", {200: REST}),
    Line("/thong-ke/", {200: REST}),
    Line("/thong-ke/?vai-tro=support", {200: REST}),
    Line("/thong-ke/?loc=1", {200: REST}),
    Line("/thong-ke/?moi-don-vi=1", {200: REST}),
    Line("/thong-ke/phan-viec/", {200: REST}),
    Line("/thong-ke/phan-viec/?chi-tieu=qua-han", {200: REST}),
    Line("/thong-ke/phan-viec/?chuoi={letter}", {200: REST}),
    Line("/thong-ke/phan-viec/?tu=khong-phai-ngay", {404: REST}),
    Line("/thong-ke/?tu=khong-phai-ngay", {200: REST}),
    Line("/thong-ke/don-vi/{kcht}/", {200: ROOM, 404: REST}),
    Line("/thong-ke/don-vi/0/", {404: REST}),
    Line("/thong-ke/bieu/", {200: REST}),
    Line("/thong-ke/bieu/?nhom=nhom-don-vi", {200: REST}),
    Line("/thong-ke/bieu/?tu=khong-phai-ngay", {200: REST}),
    Line("/thong-ke/bieu.csv", {200: REST}),
    Line("/thong-ke/bieu.xlsx", {200: REST}),
    Line("/thong-ke/bieu.xlsx?tu=khong-phai-ngay", {404: REST}),
    Line("/thong-ke/bieu/danh-muc/", {200: REST}),
    Line("/thong-ke/bieu/danh-muc.csv", {200: REST}),
    Line("/thong-ke/bieu/danh-muc.xlsx", {200: REST}),
    Line("/thong-ke/bieu/so-lieu-ky.xlsx", {200: REST}),
    Line("/thong-ke/?ky=quy-nay", {200: REST}),
    Line("/thong-ke/cach-xem/", {200: REST}),
    *(
        Line(f"/thong-ke/can-quyet/{query}", {200: "theodoi giamdoc ubnd thanhtra", 404: REST})
        for query in ("", "?cho=report", "?thay-doi=het", "?so-voi=khong-phai-ngay")
    ),
    *_post_only("/thong-ke/can-quyet/da-hop/"),
    *_post_only(*(f"/thong-ke/cach-xem/1/{verb}/" for verb in ("doi-ten", "mo-dau", "xoa"))),
    Line("/thong-ke/don-vi/{kcht}/dinh-chinh/", {200: "truongphong", 404: REST}),
    # Papers cost a process each: who gets them is asked in test_paper.
    *(Line(f"/thong-ke/bieu{page}", {404: REST}) for page in (".exe", "/danh-muc.exe", ".pdf?tu=khong-phai-ngay")),
    Line("/thong-ke/chot/", {200: REST}),
    Line("/thong-ke/chot/moi/", {200: FREEZERS, 403: REST}),
    Line("/thong-ke/chot/moi/?tu=khong-phai-ngay", {404: FREEZERS, 403: REST}),
    *(
        Line(f"/thong-ke/chot/{{snapshot}}/{page}", {200: OFFICE, 404: REST})
        for page in ("", "phan-viec/", "phan-viec/?chi-tieu=open&dong={kcht}", "thay-doi/", "bieu.xlsx")
    ),
    Line("/thong-ke/chot/{snapshot}/phan-viec/?chi-tieu=khong-co", {404: REST}),
    Line("/thong-ke/chot/{snapshot}/bieu.exe", {404: REST}),
    Line("/thong-ke/chot/CS-2026-0000/", {404: REST}),
    Line("/cho-xu-ly/dinh-chinh/", {200: REST}),
    *_post_only("/dinh-chinh/1/tra-loi/"),
    # --- Documents ---
    Line("/van-ban/", {200: REST}),
    Line("/van-ban/?q=ke+hoach+254", {200: REST}),
    Line("/van-ban/?q=khong-co-van-ban-nay", {200: REST}),
    Line("/van-ban/{letter}/", {200: READERS, 404: REST}),
    Line("/van-ban/{letter}/?day-du=1", {200: READERS, 404: REST}),
    Line("/van-ban/{letter}/?tinh-trang=qua-han", {200: READERS, 404: REST}),
    Line("/van-ban/{recorded}/", {200: OFFICE, 404: REST}),
    Line("/van-ban/{plan}/", {404: REST}),
    Line("/van-ban/{submitted}/", {302: "vanthu giamdoc", 404: REST}),
    Line("/van-ban/{draft}/", {302: "vanthu", 404: REST}),
    Line("/van-ban/0/", {404: REST}),
    Line("/van-ban/{letter}/van-ban.exe", {404: REST}),
    Line("/van-ban/{letter}/ma-tran.xlsx", {200: READERS, 404: REST}),
    Line("/van-ban/{draft}/ma-tran.xlsx", {404: REST}),
    Line("/van-ban/{letter}/nhat-ky/", {200: READERS, 404: REST}),
    Line("/van-ban/{letter}/chuoi/", {200: READERS, 404: REST}),
    Line("/van-ban/{first}/chuoi/", {200: OFFICE, 404: REST}),
    Line("/van-ban/{draft}/chuoi/", {404: REST}),
    Line("/van-ban/{letter}/thuc-hien/{task}/", {200: "theodoi giamdoc", 403: READERS, 404: REST}),
    Line("/van-ban/{recorded}/thuc-hien/{task}/", {404: REST}),
    Line("/van-ban/{letter}/nhat-ky.xlsx", {200: READERS, 404: REST}),
    Line("/van-ban/{letter}/linh-vuc/", {200: "vanthu theodoi giamdoc", 403: READERS, 404: REST}),
    Line("/van-ban/{letter}/bo-sung-don-vi/", {200: "theodoi giamdoc", 403: READERS, 404: REST}),
    Line("/van-ban/{letter}/thoi-giao-don-vi/", {200: "theodoi giamdoc", 403: READERS, 404: REST}),
    Line("/van-ban/{draft}/bo-sung-don-vi/", {403: "vanthu", 404: REST}),
    Line("/van-ban/{submitted}/nhat-ky/", {200: "vanthu giamdoc", 404: REST}),
    Line("/van-ban/{draft}/nhat-ky/", {200: "vanthu", 404: REST}),
    Line("/van-ban/{quarterly}/dinh-ky/{recurring}/", {200: "theodoi giamdoc", 403: "vanthu ubnd thanhtra", 404: REST}),
    Line("/van-ban/{letter}/dinh-ky/{recurring}/", {404: REST}),
    *_post_only("/van-ban/{quarterly}/dinh-ky/{recurring}/thoi/"),
    Line("/van-ban/{quarterly}/o/{quay}/{recurring}/", {200: OFFICE, 404: REST}),
    Line("/van-ban/{quarterly}/o/{quay}/{recurring}/?ky=khong-co", {404: REST}),
    # --- Drafting and issuing ---
    Line("/van-ban/moi/", {302: "vanthu", 403: REST}),
    Line("/van-ban/{letter}/soan/", {302: READERS, 404: REST}),
    Line("/van-ban/{draft}/soan/", {302: "vanthu", 404: REST}),
    Line("/van-ban/{letter}/xem-truoc/", {200: READERS, 404: REST}),
    Line("/van-ban/{submitted}/xem-truoc/", {200: "vanthu giamdoc", 404: REST}),
    Line("/van-ban/{signed}/xem-truoc/", {200: "vanthu giamdoc", 404: REST}),
    Line("/van-ban/{draft}/xem-truoc/", {200: "vanthu", 404: REST}),
    Line("/van-ban/{signed}/phat-hanh/", {200: "vanthu", 302: "giamdoc", 404: REST}),
    Line("/van-ban/{letter}/phat-hanh/", {302: READERS, 404: REST}),
    Line("/van-ban/{draft}/phat-hanh/", {302: "vanthu", 404: REST}),
    Line("/van-ban/{incoming}/vao-so/", {200: "vanthu", 404: REST}),
    Line("/van-ban/{letter}/vao-so/", {302: READERS, 404: REST}),
    Line("/van-ban/{incoming}/xem-truoc/", {200: "vanthu", 404: REST}),
    *_post_only(
        "/van-ban/{draft}/trinh-ky/",
        "/van-ban/{submitted}/rut-trinh/",
        "/van-ban/{submitted}/ky/",
        "/van-ban/{submitted}/tra-lai/",
        "/van-ban/{submitted}/chu-ky-giay/",
        "/van-ban/{draft}/bo-nhap/",
        "/van-ban/{draft}/khoi-phuc/",
        "/van-ban/{letter}/ket-thuc/",
        "/van-ban/{letter}/thu-hoi/",
    ),
    # --- Tracking ---
    Line("/nhiem-vu/", {200: REST}),
    Line("/nhiem-vu/?tinh-trang=hoan-thanh", {200: REST}),
    *(Line(f"/nhiem-vu/?nguoi={who}", {200: REST}) for who in ("toi", "chua-giao", "{user}", "x")),
    Line("/nhiem-vu/?q=khong-co-viec-nay", {200: REST}),
    Line("/nhiem-vu/bang-tinh/", {200: WORKERS, 404: REST}),
    Line("/nhiem-vu/bang-tinh.xlsx", {200: WORKERS, 404: REST}),
    *_post_only("/nhiem-vu/bang-tinh/gui/"),
    Line("/nhiem-vu/{open}/nhat-ky.xlsx", {200: ROOM, 404: REST}),
    Line("/nguoi/{user}/viec-da-lam/", {200: "truongphong chuyenvien thanhtra", 404: REST}),
    Line("/nhiem-vu/ban-giao/", {200: REST}),
    Line("/nhiem-vu/ban-giao/{kcht}/{user}/", {200: "truongphong quantri", 403: REST}),
    Line("/nhiem-vu/{open}/", {200: ROOM, 404: REST}),
    Line("/nhiem-vu/{awaiting}/", {200: OFFICE, 404: REST}),
    Line("/nhiem-vu/{done}/", {200: f"{OFFICE} trungtam", 404: REST}),
    Line("/nhiem-vu/{superiors}/", {200: OFFICE, 404: REST}),
    Line("/nhiem-vu/{superiors}/bao-cao/", {200: "giamdoc", 403: OFFICE, 404: REST}),
    Line("/nhiem-vu/{superiors}/viec-thuc-hien/", {200: "theodoi giamdoc", 403: OFFICE, 404: REST}),
    Line("/nhiem-vu/{open}/viec-thuc-hien/", {403: ROOM, 404: REST}),
    Line("/nhiem-vu/{open}/bao-cao/", {200: "truongphong", 403: f"{OFFICE} chuyenvien", 404: REST}),
    Line("/nhiem-vu/{done}/bao-cao/", {409: "trungtam", 403: OFFICE, 404: REST}),
    Line("/nhiem-vu/{awaiting}/tra-lai/", {200: "theodoi", 403: "vanthu giamdoc ubnd thanhtra", 404: REST}),
    Line("/nhiem-vu/{of_office}/tra-lai/", {200: "giamdoc", 403: "vanthu theodoi ubnd thanhtra", 404: REST}),
    Line("/nhiem-vu/{open}/tra-lai/", {409: "theodoi", 403: ROOM, 404: REST}),
    Line("/nhiem-vu/{done}/mo-lai/", {200: "theodoi giamdoc", 403: "vanthu ubnd thanhtra trungtam", 404: REST}),
    Line("/nhiem-vu/{open}/thoi-giao/", {200: "theodoi giamdoc", 403: ROOM, 404: REST}),
    Line("/nhiem-vu/{of_office}/thoi-giao/", {200: "giamdoc", 403: OFFICE, 404: REST}),
    Line("/nhiem-vu/{open}/phan-cong/", {200: "truongphong", 403: f"{OFFICE} chuyenvien", 404: REST}),
    Line("/nhiem-vu/{open}/tien-do/", {200: "truongphong", 403: f"{OFFICE} chuyenvien", 404: REST}),
    Line("/nhiem-vu/{given}/tien-do/", {200: "truongphong chuyenvien", 403: OFFICE, 404: REST}),
    Line("/nhiem-vu/{given}/trinh/", {200: "chuyenvien", 403: f"{OFFICE} truongphong", 404: REST}),
    Line("/nhiem-vu/{given}/tra-nguoi-lam/", {200: "truongphong", 403: f"{OFFICE} chuyenvien", 404: REST}),
    Line("/nhiem-vu/{done}/bo-sung/", {200: "trungtam", 403: OFFICE, 404: REST}),
    Line("/nhiem-vu/{open}/gia-han/", {200: "truongphong", 403: f"{OFFICE} chuyenvien", 404: REST}),
    Line("/nhiem-vu/{open}/khong-thuoc/", {200: "truongphong", 403: f"{OFFICE} chuyenvien", 404: REST}),
    Line("/nhiem-vu/{open}/tra-loi/", {200: "truongphong", 403: f"{OFFICE} chuyenvien", 404: REST}),
    Line("/nhiem-vu/{asked}/cho-gia-han/", {200: "giamdoc", 403: "vanthu theodoi ubnd thanhtra", 404: REST}),
    Line("/nhiem-vu/{asked}/khong-gia-han/", {200: "giamdoc", 403: "vanthu theodoi ubnd thanhtra", 404: REST}),
    *(
        Line(f"/nhiem-vu/{{open}}/{verb}/", {200: "theodoi giamdoc", 403: ROOM, 404: REST})
        for verb in ("chuyen-giao", "giu-nguyen", "tam-dung", "don-doc")
    ),
    *(
        Line(f"/nhiem-vu/{{open}}/{verb}/", {200: "giamdoc", 403: f"{ROOM} theodoi", 404: REST})
        for verb in ("giai-trinh", "chi-dao")
    ),
    Line("/nhiem-vu/{undated}/dat-han/", {200: "theodoi giamdoc", 403: ROOM, 404: REST}),
    Line("/nhiem-vu/{undated}/xem-lai/", {200: "theodoi giamdoc", 403: ROOM, 404: REST}),
    Line("/cho-xu-ly/khong-co-thoi-han/", {200: REST}),
    Line("/nhiem-vu/{paused}/tiep-tuc/", {200: "theodoi giamdoc", 403: "vanthu ubnd thanhtra", 404: REST}),
    Line("/nhiem-vu/{paused}/tam-dung/", {409: "theodoi giamdoc", 403: "vanthu ubnd thanhtra", 404: REST}),
    Line("/nhiem-vu/{paused}/xem-lai/", {200: "theodoi giamdoc", 403: "vanthu ubnd thanhtra", 404: REST}),
    Line("/cho-xu-ly/de-nghi/", {200: REST}),
    Line("/cho-xu-ly/vuong-mac/", {200: REST}),
    Line("/cho-xu-ly/vuong-mac/?viec={open}", {200: REST}),
    Line("/cho-xu-ly/qua-han/", {200: REST}),
    Line("/cho-xu-ly/chi-dao/", {200: REST}),
    Line("/cho-xu-ly/chua-co-nguoi/", {200: REST}),
    Line("/cho-xu-ly/chi-dao/?loai=explain", {200: REST}),
    Line("/cho-xu-ly/qua-han/?van-ban={letter}", {200: REST}),
    *_post_only("/cho-xu-ly/xac-nhan/", "/cho-xu-ly/tra-lai/"),
    *_post_only("/nhiem-vu/{open}/rut-de-nghi/", "/vuong-mac/{obstacle}/tra-loi/"),
    Line("/vuong-mac/{obstacle}/chuyen/", {200: "theodoi giamdoc", 403: "vanthu ubnd thanhtra", 404: REST}),
    *_post_only("/nhiem-vu/{open}/tiep-nhan/", "/nhiem-vu/{open}/tiep-nhan-ca-van-ban/", "/nhiem-vu/{awaiting}/rut-lai/", "/nhiem-vu/{awaiting}/xac-nhan/"),
    Line("/van-ban/{letter}/o/{kcht}/{task}/", {200: ROOM, 404: REST}),
    Line("/van-ban/{letter}/o/{kcht}/{task}/?manh=1", {200: ROOM, 404: REST}),
    Line("/cho-xu-ly/", {200: REST}),
    # --- Notices: everybody has their own ---
    Line("/thong-bao/", {200: REST}),
    Line("/thong-bao/nhan-thu/", {200: REST}),
    Line("/thong-bao/nhan-thu/?thoi=overdue", {200: REST}),
    *_post_only("/thong-bao/da-doc/", "/thong-bao/1/mo/"),
    # --- Files ---
    Line("/tep/minh-chung/{evidence}/", {200: OFFICE, 404: REST}),
    Line("/tep/van-ban/{scan}/", {200: "vanthu giamdoc", 404: REST}),
    # --- Units ---
    Line("/don-vi/", {200: REST}),
    Line("/don-vi/?ngay=01/01/2024", {200: REST}),
    # --- Administration: clerks draft there, the administrator keeps the rest ---
    _admin("", _open_to("vanthu quantri")),
    Line("/quan-tri/login/", {302: REST}),
    Line("/quan-tri/logout/", {302: REST}),
    Line("/quan-tri/password_change/", {302: REST}),
    _admin("password_change/done/", _open_to("vanthu quantri")),
    _admin("autocomplete/", _open_to(NOBODY)),
    _admin("jsi18n/", _open_to("vanthu quantri")),
    _admin("r/1/1/", {404: "vanthu quantri"}),
    _admin("units/", _open_to("vanthu quantri")),
    _admin("khong-co/", {404: "vanthu quantri"}),
    *_kept("directives/directive", "{draft}", listed="vanthu", added="vanthu",
           changed={200: "vanthu", 404: "quantri"}, history={404: "vanthu quantri"}),
    _admin("directives/directive/{draft}/change/?thieu=submit", {200: "vanthu", 404: "quantri"}),
    _admin("directives/directive/{letter}/change/", {404: "quantri"}),
    *_kept("directives/register", "{register}", listed="quantri", added="quantri"),
    *_kept("directives/sector", "{sector}", listed="quantri", added="quantri"),
    *_kept("units/unit", "{kcht}", listed="vanthu quantri", added="quantri", changed=_open_to("vanthu quantri")),
    *_kept("units/unitgroup", "{group}", listed="vanthu quantri", added="quantri",
           changed=_open_to("vanthu quantri")),
    *_kept("units/membership", "{membership}", listed="quantri", added="quantri"),
    *_kept("units/calendarday", "{day}", listed="quantri", added="quantri", deleted="quantri"),
    *_kept("units/event", "{event}", listed="quantri", changed=_open_to("quantri")),
    *_kept("units/user", "{user}", listed="quantri", added="quantri"),
    _admin("units/unit/nhap/", _open_to("quantri")),
    _admin("units/user/mat-khau-mot-lan/", _open_to("quantri")),
    _admin("units/user/{user}/cap-lai-mat-khau/", _open_to("quantri")),
    *(_admin(f"units/user/{{user}}/{verb}/", {405: "vanthu quantri"}) for verb in ("ngung", "mo-lai")),
    # Django's own, of which the portal makes no use.
    *_kept("auth/group", "1"),
    *_kept("account/emailaddress", "1"),
]  # fmt: skip


def routes() -> set[str]:
    """Every route the resolver knows, written out from the root."""
    return set(_below(get_resolver().url_patterns, ""))


def _below(patterns: Iterable, above: str) -> Iterator[str]:
    for pattern in patterns:
        route = above + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from _below(pattern.url_patterns, route)
        else:
            yield route


# --- What the lines speak of, in the demo world -------------------------------------------------


def complete() -> dict[str, int]:
    """Add to the demo world what it lacks (a paper signed by hand, a day off, this morning's notices); returns name → key."""
    day = structure.keep(CalendarDay(day=clock.today(), kind=DayKind.WORK), by=None)
    signed = _signed_on_paper()
    notices.send(as_of=clock.today())
    letter = Directive.objects.get(code="812/SGTVT-VP")
    return {
        **_documents(letter, signed),
        **_assignments(letter),
        "day": day.pk,
        "user": User.objects.get(username="chuyenvien").pk,
        "register": Register.objects.get(issuer__code="SGTVT").pk,
        "sector": Sector.objects.earliest("pk").pk,
        "group": UnitGroup.objects.get(owner__code="SGTVT", name__startswith="Các phòng").pk,
        "membership": Membership.objects.get(user__username="truongphong").pk,
        "event": Event.objects.filter(object_type="unit").earliest("pk").pk,
    }


def _documents(letter, signed):
    return {
        "letter": letter.pk,
        "first": Directive.objects.get(code="57-KL/TW").pk,
        "superiors": Assignment.objects.get(directive__code="1001/UBND-KGVX").pk,
        "recorded": Directive.objects.get(code="1001/UBND-KGVX").pk,
        "quarterly": Directive.objects.get(code="297/SGTVT-VP").pk,
        "recurring": Task.objects.get(directive__code="297/SGTVT-VP").pk,
        "quay": Unit.objects.get(code="SGTVT-CVDT").pk,
        "plan": Directive.objects.get(code="4193/KH-UBND").pk,
        "submitted": Directive.objects.get(state="submitted").pk,
        "draft": Directive.objects.get(state="draft", issuer__isnull=False).pk,
        "incoming": _of_somebody_unknown().pk,
        "signed": signed.pk,
        "scan": Attachment.objects.get(directive=signed).pk,
    }


def _of_somebody_unknown():
    """A draft that enters the paper of a body no list of units holds."""
    clerk = User.objects.get(username="vanthu")
    text = (story.TEXTS / "ke-hoach-4193.txt").read_text()
    return drafting.create_draft(text, by=clerk, office=Unit.objects.get(code="SGTVT"), incoming=True)


def _assignments(letter):
    def one(unit, label):
        return Assignment.objects.get(directive=letter, unit__code=f"SGTVT-{unit}", task__label=label)

    awaiting = one("QLVT", "1")
    return {
        "kcht": Unit.objects.get(code="SGTVT-KCHT").pk,
        "snapshot": _frozen().code,
        "task": one("KCHT", "1").task_id,
        "open": one("KCHT", "1").pk,
        "awaiting": awaiting.pk,
        "of_office": one("VP", "2").pk,
        "done": one("TTDK", "2").pk,
        "given": one("KCHT", "3").pk,
        "undated": one("KCHT", "2").pk,
        "asked": one("BQLDA", "1").pk,
        "paused": one("BQLBX", "4").pk,
        "obstacle": ProgressNote.objects.exclude(obstacle="").get(assignment__directive=letter).pk,
        "evidence": Evidence.objects.exclude(file="").get(report__assignment=awaiting).pk,
    }


def _frozen():
    """The figures of the Department as they stand today."""
    by, office = User.objects.get(username="theodoi"), Unit.objects.get(code="SGTVT")
    return freezing.freeze(Assignment.objects.all(), Span(clock.today()), by=by, office=office)


def _signed_on_paper():
    clerk = User.objects.get(username="vanthu")
    text = (story.TEXTS / "hop-giao-ban.txt").read_text()
    paper = drafting.create_draft(text, by=clerk, office=Unit.objects.get(code="SGTVT"), incoming=False)
    (row,) = drafting.sheet_of(paper).tasks
    row = drafting.TaskRow(**(vars(row) | {"due_on": clock.today()}))
    drafting.replace_tasks(paper, by=clerk, version=paper.version, tasks=[row])
    issuing.submit(paper, by=clerk)
    return issuing.record_signature(paper, by=clerk, scan=files.admit(picture(), kinds=files.SCANS))


def picture(name="van-ban-da-ky.jpg") -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (40, 56), "white").save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")
