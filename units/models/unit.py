from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext_lazy as _

from units import clock
from units.enums import UnitKind
from units.naming import abbreviations, fold, in_short, search_words


def keys_of(path: str) -> list[int]:
    """The key of the unit at the path, and before it those of all above, from the top."""
    return [int(key) for key in path.split("/")[:-1]]


class UnitQuerySet(models.QuerySet):
    def alive(self, day=None):
        """Units that exist on `day` (today)."""
        day = day or clock.today()
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gt=day))

    def under(self, *paths):
        """The units at these paths and everything below them."""
        within = Q(pk__in=[])
        for path in paths:
            within |= Q(path__startswith=path)
        return self.filter(within)

    def above(self, path):
        """The units above the one at the path."""
        return self.filter(pk__in=keys_of(path)[:-1])

    def search(self, text):
        """Units whose present or past name, or code, holds every word of `text`, marks ignored."""
        found = self
        for word in search_words(text):
            named = UnitName.objects.filter(folded__contains=word).values("unit")
            found = found.filter(Q(search__contains=word) | Q(pk__in=named))
        return found


class Unit(models.Model):
    """An organisation. Its identity stays; its names are dated (`UnitName`), today's is kept in `name`."""

    code = models.CharField(
        _("mã đơn vị"),
        max_length=50,
        unique=True,
        error_messages={"unique": _("Mã đơn vị này đã có.")},
    )
    identifier = models.CharField(_("mã định danh điện tử"), max_length=35, blank=True)
    legacy_identifier = models.CharField(_("mã định danh cũ"), max_length=35, blank=True)
    kind = models.CharField(_("loại đơn vị"), max_length=20, choices=UnitKind, default=UnitKind.OTHER)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("đơn vị cấp trên"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    path = models.CharField(max_length=255, unique=True, editable=False)
    name = models.CharField(_("tên hiện nay"), max_length=255)
    short_name = models.CharField(_("tên viết tắt"), max_length=100, blank=True)
    notation = models.CharField(
        _("chữ viết tắt trong ký hiệu"),
        max_length=30,
        blank=True,
        help_text=_("Phần cơ quan trong ký hiệu văn bản, ví dụ SGTVT trong 812/SGTVT-VP."),
    )
    place = models.CharField(
        _("địa danh"), max_length=100, blank=True, help_text=_("Ghi trước ngày tháng trên văn bản.")
    )
    position = models.PositiveIntegerField(_("thứ tự"), default=0)
    starts_on = models.DateField(_("hoạt động từ ngày"), null=True, blank=True)
    ends_on = models.DateField(_("thôi hoạt động từ ngày"), null=True, blank=True)
    search = models.CharField(max_length=500, editable=False, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("đơn vị")
        verbose_name_plural = _("đơn vị")
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gt=F("starts_on")),
                name="unit_life",
                violation_error_message=_("Ngày thôi hoạt động phải sau ngày bắt đầu hoạt động."),
            ),
            models.CheckConstraint(
                condition=~Q(code=""),
                name="unit_code",
                violation_error_message=_("Đơn vị phải có mã."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def printed_superior(self) -> str:
        """The line above its name on paper: a State body prints its superior, but a people's committee has none to print."""
        return in_short(self.parent.name) if self._prints_superior else ""

    def printed_superior_on(self, day) -> str:
        """The same under the superior's name of that day. One query, none where nothing is printed."""
        return in_short(self.parent.name_on(day)) if self._prints_superior else ""

    @property
    def _prints_superior(self):
        if self.parent is None or self.kind == UnitKind.PEOPLES_COMMITTEE:
            return False
        return self.parent.kind != UnitKind.PARTY_COMMITTEE

    def save(self, *args, **kwargs):
        """Keep `search` and `path` true. Moving a branch rewrites the paths below it, one UPDATE."""
        self.search = self.search_key()
        with transaction.atomic():
            new = self.pk is None
            if new:
                self.path = f"new-{self.code}"
            super().save(*args, **kwargs)
            self._settle(first=new)

    def search_key(self):
        """What `search` looks through: code, names and initials ("pqlkchtgt"), folded."""
        return fold(f"{self.code} {self.name} {self.short_name} {abbreviations(self.name)}")[:500]

    def _settle(self, *, first):
        path = f"{self.parent.path if self.parent else ''}{self.pk:06d}/"
        if path == self.path:
            return
        if not first:
            self._move_branch(self.path, path)
        Unit.objects.filter(pk=self.pk).update(path=path)
        self.path = path

    def _move_branch(self, old, new):
        tail = Substr("path", len(old) + 1)
        below = Unit.objects.filter(path__startswith=old).exclude(pk=self.pk)
        below.update(path=Concat(models.Value(new), tail))

    def name_on(self, day):
        """The name in force on `day`; today's when none is dated. One query."""
        dated = self.names.in_force(day).first()
        return dated.name if dated else self.name

    def is_under(self, path):
        return self.path.startswith(path)


class UnitNameQuerySet(models.QuerySet):
    def in_force(self, day):
        return (
            self.filter(starts_on__lte=day)
            .filter(Q(ends_on=None) | Q(ends_on__gt=day))
            .order_by("-starts_on")
        )

    def take_effect(self, day=None):
        """Write the names in force on `day` (today) to their units. One query and a save per changed unit."""
        for dated in self.in_force(day or clock.today()).order_by("starts_on").select_related("unit"):
            unit = dated.unit
            if (unit.name, unit.short_name) != (dated.name, dated.short_name):
                unit.name, unit.short_name = dated.name, dated.short_name
                unit.save()


class UnitName(models.Model):
    """A name of a unit for a time: a document keeps the name of its day."""

    unit = models.ForeignKey(Unit, verbose_name=_("đơn vị"), on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("tên gọi"), max_length=255)
    short_name = models.CharField(_("tên viết tắt"), max_length=100, blank=True)
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến trước ngày"), null=True, blank=True)
    folded = models.CharField(max_length=400, editable=False)

    objects = UnitNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("tên gọi")
        verbose_name_plural = _("tên gọi qua các thời kỳ")
        ordering = ["unit", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "starts_on"],
                name="unitname_start",
                violation_error_message=_("Đơn vị đã có một tên gọi bắt đầu từ ngày này."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="unitname_life",
                violation_error_message=_("Ngày hết dùng tên phải sau ngày bắt đầu."),
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.folded = fold(f"{self.name} {self.short_name}")[:400]
        super().save(*args, **kwargs)
