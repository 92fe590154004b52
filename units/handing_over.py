"""Handing a one-time password over: kept in the administrator's own session until the next page, shown once."""

KEY = "given_passwords"


def keep(request, given) -> None:
    """Remember (user, password) pairs for the page that follows."""
    request.session[KEY] = [[user.username, user.display_name, text] for user, text in given]


def take(request) -> list[list[str]]:
    """What was kept, and forget it: [user name, name, password]."""
    return request.session.pop(KEY, [])
