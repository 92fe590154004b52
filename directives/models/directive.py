from datetime import date
from textwrap import shorten

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from directives.enums import (
    IN_FORCE,
    PUBLISHED,
    UNPUBLISHED,
    AttachmentKind,
    DirectiveKind,
    DirectiveState,
    Notation,
    Purpose,
    Relation,
    SignerAuthority,
    Urgency,
)
from units import clock
from units.models import Unit, UnitGroup
from units.naming import fold

from .register import Register
from .sector import Sector
from .stored_file import StoredFile

User = settings.AUTH_USER_MODEL


# Unpublished documents first, then the newest: the order of the list, which an index of its own keeps.
LISTED = {
    "unpublished": Case(
        When(state__in=sorted(UNPUBLISHED), then=Value(1)),
        default=Value(0),
        output_field=models.IntegerField(),
    ),
    "listed_on": Coalesce("issued_on", Value(date.max)),
}


class Directive(models.Model):
    """A document that gives work. Its text and number never change once it is issued."""

    kind = models.CharField(
        _("loại văn bản"), max_length=12, choices=DirectiveKind, default=DirectiveKind.LETTER
    )
    issuer = models.ForeignKey(
        Unit,
        verbose_name=_("cơ quan ban hành"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="issued_directives",
        help_text=_("Để trống khi bản nháp chưa rõ cơ quan nào."),
    )
    office = models.ForeignKey(
        Unit,
        verbose_name=_("cơ quan soạn hoặc vào sổ"),
        on_delete=models.PROTECT,
        related_name="kept_directives",
        help_text=_("Văn thư cơ quan này giữ văn bản; bằng cơ quan ban hành nếu không phải văn bản đến."),
    )
    issuer_name = models.CharField(_("tên cơ quan ban hành ghi trên văn bản"), max_length=255, blank=True)
    parent_issuer_name = models.CharField(
        _("tên cơ quan chủ quản ghi trên văn bản"), max_length=255, blank=True
    )

    register = models.ForeignKey(
        Register,
        verbose_name=_("sổ văn bản"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="directives",
    )
    period = models.CharField(_("kỳ của sổ"), max_length=9, blank=True, editable=False)
    ordinal = models.PositiveIntegerField(_("số thứ tự trong sổ"), null=True, blank=True, editable=False)
    number = models.CharField(_("số"), max_length=10, blank=True)
    notation = models.CharField(_("ký hiệu"), max_length=50, blank=True)
    notation_style = models.CharField(_("cách ghi"), max_length=5, choices=Notation, default=Notation.STATE)
    code = models.CharField(_("số, ký hiệu"), max_length=70, blank=True)

    title = models.TextField(_("trích yếu"))
    place = models.CharField(_("địa danh"), max_length=100, blank=True)
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    urgency = models.CharField(_("mức độ khẩn"), max_length=11, choices=Urgency, blank=True)
    source = models.TextField(_("văn bản gốc"), blank=True)
    body = models.TextField(_("nội dung"), blank=True)

    signer_authority = models.CharField(_("quyền hạn ký"), max_length=20, blank=True, choices=SignerAuthority)
    signer_title = models.CharField(_("chức vụ người ký"), max_length=150, blank=True)
    signer_name = models.CharField(_("họ tên người ký"), max_length=150, blank=True)
    signed_by = models.ForeignKey(
        User, verbose_name=_("người ký"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(_("ký lúc"), null=True, blank=True)
    signed_on_paper = models.BooleanField(_("ký trên giấy"), default=False)

    collecting_unit = models.ForeignKey(
        Unit,
        verbose_name=_("đơn vị đầu mối tổng hợp"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="collected_directives",
    )
    sector = models.ForeignKey(
        Sector,
        verbose_name=_("lĩnh vực"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="directives",
    )
    evidence_required = models.BooleanField(
        _("báo cáo phải có minh chứng"),
        default=True,
        help_text=_("Bắt buộc tệp hoặc số, ngày văn bản khi báo cáo hoàn thành."),
    )
    extension_limit = models.PositiveSmallIntegerField(
        _("số lần được gia hạn"), null=True, blank=True, default=1, help_text=_("Để trống: không giới hạn.")
    )
    extension_by_leader = models.BooleanField(_("lãnh đạo quyết định gia hạn"), default=True)

    state = models.CharField(
        _("tình trạng"), max_length=10, choices=DirectiveState, default=DirectiveState.DRAFT
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(
        User, verbose_name=_("người soạn"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("tạo lúc"), default=clock.now)
    updated_at = models.DateTimeField(_("sửa lúc"), default=clock.now)
    submitted_at = models.DateTimeField(_("trình lúc"), null=True, blank=True)
    issued_at = models.DateTimeField(_("phát hành lúc"), null=True, blank=True)
    recorded_on = models.DateField(_("vào sổ đến ngày"), null=True, blank=True)
    search = models.TextField(editable=False, blank=True)

    class Meta:
        verbose_name = _("văn bản")
        verbose_name_plural = _("văn bản")
        ordering = ["-issued_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "period", "ordinal"],
                name="directive_number",
                violation_error_message=_("Số này đã cấp cho văn bản khác trong sổ."),
            ),
            models.UniqueConstraint(
                fields=["office", "issuer", "code", "issued_on"],
                condition=Q(state__in=sorted(IN_FORCE)),
                name="directive_once",
                violation_error_message=_("Văn bản này đã có trong sổ."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(PUBLISHED))
                | (
                    Q(issuer__isnull=False)
                    & Q(issued_on__isnull=False)
                    & ~Q(code="")
                    & Q(issued_at__isnull=False)
                ),
                name="directive_issued",
                violation_error_message=_("Văn bản đã ban hành phải có cơ quan, số, ký hiệu và ngày."),
            ),
            models.CheckConstraint(
                condition=Q(recorded_on=None) | Q(state__in=sorted(PUBLISHED)),
                name="directive_recorded",
                violation_error_message=_("Chỉ văn bản đã ban hành mới được vào sổ."),
            ),
            models.CheckConstraint(
                condition=Q(ordinal=None) | (Q(register__isnull=False) & ~Q(period="") & Q(ordinal__gt=0)),
                name="directive_ordinal",
                violation_error_message=_("Số trong sổ phải có sổ và kỳ."),
            ),
        ]
        indexes = [
            models.Index(F("issued_on").desc(), F("id").desc(), name="directive_list"),
            models.Index(*(one.desc() for one in LISTED.values()), F("id").desc(), name="directive_listed"),
            models.Index(fields=["office", "state"], name="directive_office"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.code or shorten(self.title, 90, placeholder='…')}".strip()

    def save(self, *args, **kwargs):
        with translation.override(
            "vi"
        ):  # what is searched is what the paper says, whatever the screen's language
            code = self.code or f"{self.number} {self.notation}"
            self.search = fold(f"{code} {self.get_kind_display()} {self.title} {self.issuer_name}")
        super().save(*args, **kwargs)

    @property
    def chain_key(self):
        """The name of its hash chain in the record."""
        return f"directive:{self.pk}"

    @property
    def is_published(self):
        return self.state in PUBLISHED


class Citation(models.Model):
    """A document this one stands on or mentions: in the store, or only as a printed code."""

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="citations")
    relation = models.CharField(_("quan hệ"), max_length=10, choices=Relation, default=Relation.BASED_ON)
    cited = models.ForeignKey(
        Directive,
        verbose_name=_("văn bản trong kho"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cited_by",
    )
    kind = models.CharField(_("loại văn bản"), max_length=60, blank=True)
    code = models.CharField(_("số, ký hiệu"), max_length=70)
    folded_code = models.CharField(max_length=90, editable=False, db_index=True)
    dated_on = models.DateField(_("ngày"), null=True, blank=True)
    issuer_name = models.CharField(_("cơ quan"), max_length=255, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("căn cứ, liên kết")
        verbose_name_plural = _("căn cứ, liên kết")
        ordering = ["directive", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["directive", "relation", "code", "dated_on"],
                name="citation_once",
                violation_error_message=_("Văn bản này đã được dẫn."),
            ),
            models.UniqueConstraint(
                fields=["directive", "relation", "code"],
                condition=Q(dated_on=None),
                name="citation_undated_once",
                violation_error_message=_("Văn bản này đã được dẫn."),
            ),
            models.CheckConstraint(
                condition=Q(cited=None) | ~Q(cited=F("directive")),
                name="citation_other",
                violation_error_message=_("Văn bản không thể dẫn chính nó."),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.code}".strip()

    def save(self, *args, **kwargs):
        self.folded_code = fold(self.code)[:90]
        super().save(*args, **kwargs)


class Addressee(models.Model):
    """A line of "Kính gửi" or "Nơi nhận" as printed, and whom it means: a group without the units `excepted` (keys)."""

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="addressees")
    text = models.CharField(_("ghi trên văn bản"), max_length=300)
    purpose = models.CharField(_("để làm gì"), max_length=10, choices=Purpose, default=Purpose.ACT)
    printed_purpose = models.CharField(_("ghi chú trong ngoặc"), max_length=60, blank=True)
    salutation = models.BooleanField(_("ở mục Kính gửi"), default=False)
    unit = models.ForeignKey(
        Unit, verbose_name=_("đơn vị"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    group = models.ForeignKey(
        UnitGroup,
        verbose_name=_("nhóm đơn vị"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    excepted = models.JSONField(_("trừ các đơn vị"), default=list, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("nơi nhận")
        verbose_name_plural = _("nơi nhận")
        ordering = ["directive", "-salutation", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit=None) | Q(group=None),
                name="addressee_one",
                violation_error_message=_("Chọn một đơn vị hoặc một nhóm, không chọn cả hai."),
            )
        ]

    def __str__(self):
        return self.text


class Recipient(models.Model):
    """Who received the document: groups expanded and names frozen on the day of issue.

    Whoever is added or let off after the issue stays in the list, with when and by what: `reason`, or the
    document of `code` and `dated_on`, is that of the last change.
    """

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="recipients")
    unit = models.ForeignKey(
        Unit, verbose_name=_("đơn vị"), on_delete=models.PROTECT, related_name="received"
    )
    unit_name = models.CharField(_("tên đơn vị hôm đó"), max_length=255)
    group_name = models.CharField(_("nhóm"), max_length=200, blank=True)
    purpose = models.CharField(_("để làm gì"), max_length=10, choices=Purpose)
    named_only = models.BooleanField(_("chỉ nhận nhiệm vụ có nêu tên"), default=False)
    position = models.PositiveIntegerField(default=0)
    added_at = models.DateTimeField(_("bổ sung lúc"), null=True, blank=True)
    removed_at = models.DateTimeField(_("thôi giao lúc"), null=True, blank=True)
    reason = models.TextField(_("lý do"), blank=True)
    code = models.CharField(_("số, ký hiệu văn bản"), max_length=70, blank=True)
    dated_on = models.DateField(_("ngày văn bản"), null=True, blank=True)

    class Meta:
        verbose_name = _("đơn vị nhận")
        verbose_name_plural = _("đơn vị nhận")
        ordering = ["directive", "position"]
        constraints = [
            models.UniqueConstraint(fields=["directive", "unit"], name="recipient_once"),
            models.CheckConstraint(
                condition=Q(added_at=None, removed_at=None)
                | ~Q(reason="")
                | (~Q(code="") & Q(dated_on__isnull=False)),
                name="recipient_changed",
                violation_error_message=_("Bổ sung, thôi giao phải có lý do hoặc văn bản."),
            ),
        ]
        indexes = [models.Index(fields=["unit", "directive"], name="recipient_unit")]

    def __str__(self):
        return self.unit_name


class Attachment(StoredFile):
    """A file of the document itself: the original it came from, or the signed and stamped scan."""

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="attachments")
    kind = models.CharField(_("loại tệp"), max_length=8, choices=AttachmentKind)

    class Meta:
        verbose_name = _("tệp văn bản")
        verbose_name_plural = _("tệp văn bản")
        ordering = ["directive", "id"]

    def __str__(self):
        return self.file_name
