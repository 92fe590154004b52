import gc
import sys

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core.signals import request_finished

# Python's own is five milliseconds: so long a report would wait at each of its forty queries for a thread that reckons.
TURN = 0.001


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self):
        """The threads of a worker take turns often: who asks the database is not kept from it by who draws a matrix."""
        sys.setswitchinterval(TURN)
        request_finished.connect(keep_for_good)


def keep_for_good(**_signal):
    """What the first page had loaded stays as long as the worker does. To look through it for garbage again and again
    would halt every thread for a tenth of a second."""
    request_finished.disconnect(keep_for_good)
    gc.collect()
    gc.freeze()


class PortalAdminConfig(AdminConfig):
    """The admin with the portal's own site, so that `admin.site` everywhere is the one in the portal's look."""

    default_site = "portal.admin.PortalAdminSite"
