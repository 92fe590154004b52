"""A news article about a document: "Ngày …, CƠ QUAN ban hành KIND số CODE về …"."""

import re

from . import kinds
from .citations import CODE
from .deadlines import DAY, read_day
from .header import Header
from .text import Source, squeeze

_REPORTED = re.compile(
    rf"\bngay\s{{1,3}}(?P<day>{DAY}),\s{{1,3}}(?P<issuer>[^,;.\n]{{3,120}}?)\s{{1,3}}(?:da\s)?(?:ky\s)?ban hanh\s{{1,3}}"
    rf"(?P<kind>{kinds.NAMES})\s{{1,3}}so\s{{1,3}}"
)
_ABOUT = re.compile(r"\s{0,3},?\s(?:ve viec|ve|v/v)\s(?P<title>[^;.\n]{5,300})")


def read_article(source: Source, header: Header) -> bool:
    """Fills a header that prints no number from the sentence reporting the document. Linear."""
    reported = _REPORTED.search(source.plain)
    code = CODE.match(source.text, reported.end()) if reported else None
    if reported is None or code is None:
        return False
    header.put("issued_on", read_day(reported["day"]), *reported.span("day"))
    header.put("issuer", source.value(*reported.span("issuer")), *reported.span("issuer"))
    header.put("kind", kinds.named(reported["kind"]), *reported.span("kind"))
    header.put("number", code["number"].split("/")[0], *code.span("number"))
    header.put("notation", squeeze(code["symbol"]), *code.span("symbol"))
    header.put("code", "".join(code.group().split()), *code.span())
    if about := _ABOUT.match(source.plain, code.end()):
        header.put("title", source.value(*about.span("title")), *about.span("title"))
    header.date_hint = None
    header.body = reported.start()
    return True
