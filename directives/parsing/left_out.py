""" "Các phòng (trừ Thanh tra Sở)": a group, and who is left out of it."""

import re

WITHOUT = r"(?:ngoại trừ|trừ|không bao gồm|không gồm|không kể)\s"
_BEHIND = re.compile(rf"[ ,]{{0,3}}(?:\([ ]?)?(?<!\w){WITHOUT}(?P<names>[^()]+)\)?$", re.IGNORECASE)
_BETWEEN = re.compile(r",\s|\svà\s")


def without_some(name: str) -> tuple[str, str] | None:
    """The name of a group and the names left out, as one piece; None where nobody is. Linear."""
    found = _BEHIND.search(name)
    return (name[: found.start()], found["names"]) if found else None


def written_without(name: str, others: list[str]) -> str:
    """The same the other way round, as papers say it."""
    return f"{name} (trừ {', '.join(others)})" if others else name


def each_of(names: str) -> list[str]:
    """ "TTr, VP và TTĐK" one by one: short names, which no kind of office begins."""
    return _BETWEEN.split(names)
