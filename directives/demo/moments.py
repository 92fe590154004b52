"""Days and hours of the demo, counted from the day it is made."""

from datetime import date, datetime, time

from django.utils import timezone


def morning(day: date, hour: int = 8, minute: int = 0) -> datetime:
    """A moment of a working day in Việt Nam."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))
