from .assignment import Assignment
from .correction import Correction
from .directive import Addressee, Attachment, Citation, Directive, Recipient
from .keeping import Meeting, SavedView
from .notice import Notice, Unsubscription
from .phase import Phase
from .progress import Forwarding, ProgressNote
from .reading import Reading
from .register import Register, RegisterCounter
from .report import Evidence, Report, Upload
from .request import Request, Urging
from .rhythm import Rhythm
from .rollup import Axis, Mark, Rollup
from .sector import Sector
from .snapshot import FrozenRows, Snapshot
from .task import Task, TaskUnit

__all__ = [
    "Addressee",
    "Assignment",
    "Attachment",
    "Axis",
    "Citation",
    "Correction",
    "Directive",
    "Evidence",
    "Forwarding",
    "FrozenRows",
    "Mark",
    "Meeting",
    "Notice",
    "Phase",
    "ProgressNote",
    "Reading",
    "Recipient",
    "Register",
    "RegisterCounter",
    "Report",
    "Request",
    "Rhythm",
    "Rollup",
    "SavedView",
    "Sector",
    "Snapshot",
    "Task",
    "TaskUnit",
    "Unsubscription",
    "Upload",
    "Urging",
]
