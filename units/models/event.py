from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .user import User


class EventChain(models.Model):
    """The head of one hash chain: a directive's, or the administration's. Its row is the chain's lock."""

    key = models.CharField(max_length=40, primary_key=True)
    sequence = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    def __str__(self):
        return self.key


class Event(models.Model):
    """What happened: written once, never changed, never deleted. Actor's name and post are copies."""

    chain = models.CharField(_("sổ"), max_length=40)
    sequence = models.PositiveIntegerField(_("thứ tự"))
    at = models.DateTimeField(_("lúc"))
    actor = models.ForeignKey(
        User, verbose_name=_("người làm"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_name = models.CharField(_("họ tên"), max_length=200, blank=True)
    actor_post = models.CharField(_("chức vụ"), max_length=300, blank=True)
    verb = models.CharField(_("việc"), max_length=40)
    object_type = models.CharField(_("loại đối tượng"), max_length=40)
    object_id = models.BigIntegerField(_("đối tượng"))
    object_label = models.CharField(_("tên đối tượng"), max_length=300, blank=True)
    before = models.JSONField(_("trước"), default=dict)
    after = models.JSONField(_("sau"), default=dict)
    note = models.TextField(_("ghi chú"), blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("nhật ký")
        verbose_name_plural = _("nhật ký")
        ordering = ["chain", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "sequence"], name="event_order"),
            models.CheckConstraint(condition=~Q(hash=""), name="event_hash"),
        ]
        indexes = [
            models.Index(fields=["object_type", "object_id", "at"], name="event_object"),
            models.Index(fields=["at"], name="event_at"),
        ]

    @property
    def who(self) -> str:
        """The name and post of that day; once, where the account is called after the post. Empty for the server."""
        return ", ".join(dict.fromkeys(filter(None, (self.actor_name, self.actor_post))))

    def __str__(self):
        return f"{self.at:%d/%m/%Y %H:%M} {self.verb} {self.object_label}"
