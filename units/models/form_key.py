from django.db import models

from units import clock


class FormKey(models.Model):
    """The key minted with a form: a second sending of the same form finds the first one's answer here."""

    key = models.UUIDField(primary_key=True)
    answer = models.CharField(max_length=500, blank=True)
    used_at = models.DateTimeField(default=clock.now, db_index=True)

    def __str__(self):
        return str(self.key)
