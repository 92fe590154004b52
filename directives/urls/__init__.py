"""Every address of the directives, one list per room."""

from .documents import urlpatterns as documents
from .drafting import urlpatterns as drafting
from .figures import urlpatterns as figures
from .files import urlpatterns as files
from .notices import urlpatterns as notices
from .tracking import urlpatterns as tracking

urlpatterns = [*documents, *drafting, *tracking, *figures, *files, *notices]
