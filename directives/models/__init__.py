from .assignment import Assignment
from .directive import Addressee, Attachment, Citation, Directive, Recipient
from .notice import Notice, Unsubscription
from .progress import Forwarding, ProgressNote
from .reading import Reading
from .register import Register, RegisterCounter
from .report import Evidence, Report, Upload
from .request import Request, Urging
from .snapshot import Snapshot
from .task import Task, TaskUnit

__all__ = [
    "Addressee",
    "Assignment",
    "Attachment",
    "Citation",
    "Directive",
    "Evidence",
    "Forwarding",
    "Notice",
    "ProgressNote",
    "Reading",
    "Recipient",
    "Register",
    "RegisterCounter",
    "Report",
    "Request",
    "Snapshot",
    "Task",
    "TaskUnit",
    "Unsubscription",
    "Upload",
    "Urging",
]
