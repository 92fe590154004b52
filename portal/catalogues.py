"""The catalogues of translations, in pure Python: no gettext needed on the machine.

Our sources speak Vietnamese and `locale/en` holds their English. `locale/vi` holds the sentences of
Django and allauth which a page can show and which have no Vietnamese of their own, or one that nobody here would say.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import allauth
import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOMS = ["portal", "units", "directives"]
KEYWORDS = {
    **dict.fromkeys(["_", "gettext", "gettext_lazy", "gettext_noop"]),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], (1, 2)),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], ((1, "c"), 2)),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], ((1, "c"), 2, 3)),
}
DJANGO, ALLAUTH = Path(django.__path__[0]), Path(allauth.__path__[0])
DJANGO_HOMES = [DJANGO / part / "locale" for part in ("conf", "contrib/auth", "contrib/admin")]
# Names of a hundred languages, and pages that only a developer meets.
NEVER_SHOWN = ("conf/global_settings.py", "views/templates/", "views/generic/", "views/static.py")
SHOWN_OF_ALLAUTH = (
    "account/",
    "templates/account/messages/",
    "templates/account/email/base",
    "templates/account/email/password_",
    "templates/account/account_inactive.html",
    "templates/account/base_reauthenticate.html",
    "templates/account/reauthenticate.html",
    "templates/account/login.html",
    "templates/account/logout.html",
    "templates/account/password_",
)
SAID_BETTER = frozenset(
    {
        "Enter a whole number.",
        "Select a valid choice. %(value)s is not one of the available choices.",
        "Select a valid choice. That choice is not one of the available choices.",
    }
)
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


@dataclass(frozen=True)
class Book:
    """One catalogue of ours, and what has to be in it."""

    language: str
    domain: str
    wanted: Callable[[], Catalog]

    @property
    def path(self) -> Path:
        return settings.BASE_DIR / "locale" / self.language / "LC_MESSAGES" / f"{self.domain}.po"

    def read(self) -> Catalog:
        return _read(self.path, self.language)


def collect() -> list[str]:
    """Brings the catalogues up to date with the sources, keeping every translation; says what each holds."""
    return [update(book) for book in BOOKS]


def compile_all() -> list[Path]:
    """Writes the .mo file beside each catalogue."""
    return [_compile(book) for book in BOOKS]


def problems() -> list[str]:
    """One line for each sentence that is missing, stale, untranslated, or translated with other placeholders."""
    return [f"{book.language}/{book.domain}: {problem}" for book in BOOKS for problem in problems_of(book)]


# --- What has to be there ----------------------------------------------------------------------


def ours() -> Catalog:
    """Every sentence of our Python and our templates."""
    return collected(_sources())


def collected(sources: Iterable[tuple[str, str]]) -> Catalog:
    """The sentences in sources given as (path, Python text)."""
    catalog = _new("vi")
    for path, text in sources:
        for _line, sentence, notes, context in extract("python", BytesIO(text.encode()), keywords=KEYWORDS):
            catalog.add(sentence, locations=[(path, 0)], auto_comments=notes, context=context)
    return catalog


def _sources() -> Iterator[tuple[str, str]]:
    for path in sorted(path for room in ROOMS for path in (settings.BASE_DIR / room).rglob("*.py")):
        if "migrations" not in path.parts:
            yield relative(path), path.read_text()
    for path in sorted((settings.BASE_DIR / "templates").rglob("*.*")):
        yield relative(path), from_template(path.read_text())


def from_template(source: str) -> str:
    """A template's sentences as Python calls. What is blanked out around them must not look indented."""
    return "\n".join(line.lstrip() for line in templatize(source).splitlines())


def libraries() -> Catalog:
    known = [_read(home / "vi/LC_MESSAGES/django.po", "vi") for home in DJANGO_HOMES]
    shown = [
        message
        for home in DJANGO_HOMES
        for message in _english(home, "django")
        if not _only_in(message, NEVER_SHOWN)
    ]
    shown += [
        message for message in _english(ALLAUTH / "locale", "django") if _some_in(message, SHOWN_OF_ALLAUTH)
    ]
    return _lacking(shown, known)


def admin_scripts() -> Catalog:
    home = DJANGO / "contrib/admin/locale"
    return _lacking(_english(home, "djangojs"), [_read(home / "vi/LC_MESSAGES/djangojs.po", "vi")])


def _english(home: Path, domain: str) -> list[Message]:
    return [message for message in _read(home / f"en/LC_MESSAGES/{domain}.po", "en") if message.id]


def _only_in(message: Message, places: tuple[str, ...]) -> bool:
    return all(path.startswith(places) for path, _line in message.locations)


def _some_in(message: Message, places: tuple[str, ...]) -> bool:
    return any(path.startswith(places) for path, _line in message.locations)


def _lacking(shown: Iterable[Message], known: list[Catalog]) -> Catalog:
    catalog = _new("vi")
    for message in shown:
        has_its_own = any(_translated(book.get(message.id, message.context)) for book in known)
        if message.id in SAID_BETTER or not has_its_own:
            catalog.add(message.id, flags=message.flags - {"fuzzy"}, context=message.context)
    return catalog


# --- Reading, writing, comparing ---------------------------------------------------------------


def update(book: Book) -> str:
    catalog, wanted = book.read(), book.wanted()
    wanted.creation_date = catalog.creation_date  # or every run would change the file
    catalog.update(wanted, no_fuzzy_matching=True)
    book.path.parent.mkdir(parents=True, exist_ok=True)
    with book.path.open("wb") as file:
        write_po(file, catalog, width=110, sort_output=True, ignore_obsolete=True, include_lineno=False)
    missing = sum(not _translated(message) for message in catalog if message.id)
    return f"{relative(book.path)}: {len(catalog)} sentences, {missing} to translate"


def _compile(book: Book) -> Path:
    target = book.path.with_suffix(".mo")
    with target.open("wb") as file:
        write_mo(file, book.read())
    return target


def problems_of(book: Book) -> Iterator[str]:
    have = {(_key(message)): message for message in book.read() if message.id}
    want = {(_key(message)): message for message in book.wanted() if message.id}
    done = [message for message in have.values() if _translated(message)]
    yield from (f"not collected: {_first(want[key])}" for key in want.keys() - have.keys())
    yield from (f"no longer used: {_first(have[key])}" for key in have.keys() - want.keys())
    yield from (f"not translated: {_first(message)}" for message in have.values() if message not in done)
    yield from (f"placeholders differ: {_first(message)}" for message in done if _altered(message))


def _read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return _new(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _new(language: str) -> Catalog:
    return Catalog(
        locale=language,
        project="Thông Suốt",
        version="1",
        header_comment="# Thông Suốt. Kept by `make messages`.",
        last_translator="Thông Suốt",
        language_team="Thông Suốt",
        msgid_bugs_address="none",
        charset="utf-8",
        fuzzy=False,
    )


def _translated(message: Message | None) -> bool:
    return message is not None and not message.fuzzy and all(_forms(message.string))


def _altered(message: Message) -> bool:
    """The last form says all that is given; the others may leave a number out ("one day"), not invent a name."""
    given = set(PLACEHOLDER.findall("".join(_forms(message.id))))
    used = [set(PLACEHOLDER.findall(form)) for form in _forms(message.string)]
    return used[-1] != given or any(not names <= given for names in used)


def _key(message: Message) -> tuple[str, str | None]:
    return _first(message), message.context


def _first(message: Message) -> str:
    return _forms(message.id)[0]


def _forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


def relative(path: Path) -> str:
    return path.relative_to(settings.BASE_DIR).as_posix()


BOOKS = [Book("en", "django", ours), Book("vi", "django", libraries), Book("vi", "djangojs", admin_scripts)]
