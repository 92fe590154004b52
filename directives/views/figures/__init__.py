"""The pages of numbers: the day of each role, the dashboard, and the rows behind every number."""

from .correcting import correction_answer, correction_ask, correction_list
from .dashboard import dashboard, unit
from .exceptions import exceptions, meeting_record
from .freezing import snapshot, snapshot_changes, snapshot_list, snapshot_new, snapshot_rows
from .official import (
    detail_list,
    detail_list_csv,
    detail_list_xlsx,
    official_table,
    official_table_csv,
    official_table_xlsx,
    period_workbook,
)
from .papers import detail_list_paper, official_table_paper, snapshot_file
from .rows import rows
from .saved import saved_view_begin, saved_view_delete, saved_view_rename, saved_views
from .today import today

__all__ = [
    "correction_answer",
    "correction_ask",
    "correction_list",
    "dashboard",
    "detail_list",
    "detail_list_csv",
    "detail_list_paper",
    "detail_list_xlsx",
    "exceptions",
    "meeting_record",
    "official_table",
    "official_table_csv",
    "official_table_paper",
    "official_table_xlsx",
    "period_workbook",
    "rows",
    "saved_view_begin",
    "saved_view_delete",
    "saved_view_rename",
    "saved_views",
    "snapshot",
    "snapshot_changes",
    "snapshot_file",
    "snapshot_list",
    "snapshot_new",
    "snapshot_rows",
    "today",
    "unit",
]
