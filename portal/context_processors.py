"""What every page of the portal shows around its content."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from directives import compliance
from directives import rules as directive_rules
from portal.preferences import THEME_COOKIE
from units import rules as unit_rules
from units.enums import Theme

TABS = 5
# Pages of one assignment on which somebody decides: their place is among what waits, whatever their address.
OF_THE_QUEUE = frozenset({"assignment-accept", "assignment-send-back"})
DARK_MEDIA: dict[str, str] = {
    Theme.SYSTEM: "screen and (prefers-color-scheme: dark)",
    Theme.LIGHT: "",
    Theme.DARK: "screen",
}


@dataclass(frozen=True)
class Section:
    """A place the navigation leads to; `word` is what `nav_sections` calls it."""

    word: str
    url_name: str
    label: str | Promise
    icon: str


SECTIONS = {
    section.word: section
    for section in (
        Section("today", "today", _("Hôm nay"), "home"),
        Section("directives", "directive-list", _("Văn bản"), "doc"),
        Section("tasks", "assignment-list", _("Nhiệm vụ"), "task"),
        Section("queue", "queue", _("Chờ xử lý"), "inbox"),
        Section("obstacles", "obstacle-list", _("Vướng mắc"), "inbox"),
        Section("figures", "figures", _("Thống kê"), "chart"),
        Section("units", "unit-list", _("Đơn vị"), "unit"),
        Section("administration", "admin:index", _("Quản trị"), "cog"),
    )
}


@dataclass(frozen=True)
class NavItem:
    """One entry of the navigation, as this person sees it on this page."""

    section: Section
    url: str
    current: bool
    waiting: Callable[[str], int]

    @property
    def label(self):
        return self.section.label

    @property
    def icon(self):
        return self.section.icon

    @property
    def count(self):
        return self.waiting(self.section.word)


def frame(request):
    return {"frame": Frame(request)}


class Frame:
    """Computed when a template asks: a page that shows no navigation costs no query, any other at most one."""

    def __init__(self, request):
        self.request = request

    @cached_property
    def nav(self) -> list[NavItem]:
        words = directive_rules.nav_sections(self.request.user)
        if "queue" not in words and self.waiting.get("obstacles"):
            words.insert(words.index("tasks") + 1, "obstacles")
        return [self._item(SECTIONS[word]) for word in words]

    @property
    def tabs(self) -> list[NavItem]:
        """The same entries for the bar of a phone, which holds five."""
        return self.nav[:TABS]

    @property
    def more(self) -> list[NavItem]:
        """What the bar of a phone has no room for; it stands in the personal menu."""
        return self.nav[TABS:]

    @property
    def searches(self) -> bool:
        """Who reads no documents, as an administrator does, has nothing to look for among them."""
        return any(item.section.word == "directives" for item in self.nav)

    @cached_property
    def waiting(self) -> dict[str, int]:
        """What waits for the person, by section and by part of the queue."""
        return compliance.waiting_count(self.request.user)

    def _item(self, section):
        url = reverse(section.url_name)
        return NavItem(section, url, self._leads_here(url), lambda word: self.waiting.get(word, 0))

    def _leads_here(self, url):
        match = self.request.resolver_match
        if match and match.url_name in OF_THE_QUEUE:
            return url == reverse("queue")
        path = self.request.path
        return path == url if url == reverse("today") else path.startswith(url)

    @property
    def here(self) -> str:
        """Where a switch in the frame comes back to: this page, or the start when this page answered a form."""
        return self.request.get_full_path() if self.request.method == "GET" else reverse("today")

    @property
    def holds_what_was_typed(self) -> bool:
        """Whether this page answers a form of somebody at work: going elsewhere would lose what stands on it."""
        return self.request.method == "POST" and self.request.user.is_authenticated

    @property
    def unit_name(self) -> str:
        return self._seat.name if self._seat else ""

    @property
    def reporting_office(self):
        """In whose name figures are printed, as in their files; or None."""
        return directive_rules.reporting_office(self.request.user)

    @cached_property
    def _seat(self):
        return unit_rules.seat(self.request.user)

    @cached_property
    def post(self) -> str:
        return unit_rules.posts_of(self.request.user)

    @property
    def initials(self) -> str:
        """The last two words of the name as people here abbreviate it: Trần Thị Thu Hà is TH."""
        words = self.request.user.display_name.split()
        return "".join(word[0] for word in words[-2:]).upper()

    @property
    def language(self) -> str:
        return get_language() or "vi"

    @cached_property
    def theme(self) -> str:
        user = self.request.user
        chosen = user.theme if user.is_authenticated else self.request.COOKIES.get(THEME_COOKIE, "")
        return chosen if chosen in Theme.values else Theme.SYSTEM

    themes = Theme.choices

    @property
    def dark_media(self) -> str:
        return DARK_MEDIA[self.theme]
