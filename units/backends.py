from django.contrib.auth.backends import ModelBackend

from units import clock, rules, statements
from units.models import Membership, User


class MembershipBackend(ModelBackend):
    """Sign-in by user name and password; a request's user arrives with the roles in force today."""

    def get_user(self, user_id):
        """The person and their roles in one query (two for a person without a role)."""
        held = statements.objects(("roles", clock.today()), _roles_in_force, user_id)
        user = held[0].user if held else User.objects.filter(pk=user_id).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        user.memberships_in_force = held
        return user


def _roles_in_force():
    roles = rules.held_today(Membership.objects).select_related("user")
    return roles.filter(user_id=statements.TOLD)
