"""Language and look, as the person chose them: kept on the account, or in a cookie before sign-in."""

from datetime import timedelta

from django.conf import settings

THEME_COOKIE = settings.LANGUAGE_COOKIE_NAME.replace("language", "theme")
LANGUAGES = frozenset(code for code, _ in settings.LANGUAGES)


def language_of(request) -> str:
    """The account's language, else the cookie's, else Vietnamese: the browser's own wish is not asked."""
    chosen = request.user.language if request.user.is_authenticated else ""
    chosen = chosen or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in LANGUAGES else settings.LANGUAGE_CODE


def remember(response, cookie: str, value: str) -> None:
    """Keep a choice on this machine for a year. No script reads it."""
    response.set_cookie(
        cookie,
        value,
        max_age=timedelta(days=365),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
