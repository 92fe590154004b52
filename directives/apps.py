from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectivesConfig(AppConfig):
    name = "directives"
    verbose_name = _("Văn bản chỉ đạo")

    def ready(self):
        """The floor below says when somebody leaves, and asks what they hold; it knows nothing of directives."""
        from directives.tracking import release
        from directives.views.tracking.handing import holdings
        from units import leaving

        def take_back(sender, user, by, **kwargs):
            release(user, by=by)

        leaving.register(holdings)
        leaving.left.connect(take_back, dispatch_uid="directives.release", weak=False)
