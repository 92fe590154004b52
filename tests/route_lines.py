"""One line of the table of addresses: what it answers to whom. The table itself is in routes.py."""

from dataclasses import dataclass

from django.urls import resolve

REST = "*"
NOBODY = ""
STRANGER = "anonymous"
PEOPLE = [
    "vanthu",
    "theodoi",
    "giamdoc",
    "truongphong",
    "chuyenvien",
    "trungtam",
    "ubnd",
    "thanhtra",
    "quantri",
]

# Who reads the letter of the Department: everybody of the demo but the administrator.
READERS = "vanthu theodoi giamdoc truongphong chuyenvien trungtam ubnd thanhtra"
OFFICE = "vanthu theodoi giamdoc ubnd thanhtra"  # and those who see every unit's rows of it
FREEZERS = "theodoi giamdoc ubnd"  # leaders and monitors, who freeze the figures of their office
ROOM = f"{OFFICE} truongphong chuyenvien"  # and the people of the room whose assignment it is

WORKERS = (
    "vanthu theodoi giamdoc truongphong chuyenvien trungtam"  # who works in a unit that may owe something
)


@dataclass(frozen=True)
class Line:
    path: str
    answers: dict[int, str]
    stranger: int = 302

    def status(self, person: str) -> int:
        if person == STRANGER:
            return self.stranger
        named = (status for status, people in self.answers.items() if person in people.split())
        rest = (status for status, people in self.answers.items() if people == REST)
        return next(named, None) or next(rest)

    @property
    def route(self) -> str:
        return resolve(self.path.format_map(_Any()).partition("?")[0]).route


class _Any(dict):
    def __missing__(self, name):
        return 1


def post_only(*verbs: str) -> list[Line]:
    return [Line(path, {405: REST}) for path in verbs]


def admin(path: str, answers: dict[int, str]) -> Line:
    """Those without business in the administration are sent to the first page."""
    return Line(f"/quan-tri/{path}", {**answers, 302: REST})


def kept(model: str, pk: str, *, listed=NOBODY, added=NOBODY, changed=None, deleted=NOBODY, history=None):
    """The screens of one kind of record. Its history is the record of events, a list of its own."""
    return [
        admin(f"{model}/", open_to(listed)),
        admin(f"{model}/add/", open_to(added)),
        admin(f"{model}/{pk}/change/", changed or open_to(added)),
        admin(f"{model}/{pk}/delete/", open_to(deleted)),
        admin(f"{model}/{pk}/history/", history or {}),
        admin(f"{model}/{pk}/", {}),
    ]


def open_to(people: str) -> dict[int, str]:
    return {200: people, 403: " ".join({"vanthu", "quantri"} - set(people.split()))}
