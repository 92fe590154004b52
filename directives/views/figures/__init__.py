"""The pages of numbers: the day of each role, the dashboard, and the rows behind every number."""

from .dashboard import dashboard, unit
from .rows import rows
from .today import today

__all__ = ["dashboard", "rows", "today", "unit"]
