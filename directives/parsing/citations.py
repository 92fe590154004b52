"""Documents cited: codes with their date, type and issuer, and laws cited by name alone.

Each document once, in order of first mention; what a later mention adds (its date in a footnote) is kept.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from units.naming import fold

from . import kinds
from .deadlines import DAY, read_day
from .result import ParsedCitation
from .text import Source, squeeze

# A code may break over a line after a hyphen or slash ("NĐ-\nCP"), and OCR puts spaces around the first separator.
_BREAK = r"[ \t]{0,3}\n[ \t]{0,60}"
_SYMBOL = rf"[A-ZĐ][^\W_]*(?:(?:[-/_](?:{_BREAK})?|&|\.(?=[A-ZĐ]))[^\W_]+)*"
CODE = re.compile(
    rf"(?<![\w/.,:&-])(?P<number>\d{{1,6}}[A-Z]?(?:/(?:19|20)\d\d)?)(?P<separator>[ ]{{0,2}}[-–/](?:[ ]|{_BREAK})?)(?P<symbol>{_SYMBOL})"
)
_KIND_BEFORE = re.compile(
    rf"^.*(?<!\w)(?<!bo )(?<!phap )(?P<kind>{kinds.NAMES}|van ban)(?!\w)(?P<middle>[^;.\d]{{0,80}}?)"
    r"(?:\s{1,60}so){0,2}\s{0,60}[:.]?\s{0,60}$",
    re.DOTALL,
)
_NUMBER_SIGN = re.compile(r"\bso\s{0,60}:?\s{0,60}$")
_DATE_AFTER = re.compile(rf"\d{{0,2}}\)?[\s,]{{0,60}}(?:ky\s{{1,4}})?ngay\s{{1,60}}(?P<day>{DAY})")
_ISSUER_THEN_DATE = re.compile(
    rf"\s{{1,60}}cua\s{{1,60}}(?P<issuer>[^;.()\d]{{2,120}}?)[\s,]{{1,60}}ngay\s{{1,60}}(?P<day>{DAY})"
)
_ISSUER_AFTER = re.compile(
    r"[\s,]{0,60}cua\s{1,60}(?P<issuer>[^;.,()]{2,120}?)"
    r"(?=[;.,()]|\s{1,60}(?:ve|v/v|ban hanh|phe duyet|quy dinh|huong dan|thuc hien|trien khai|chi dao|ngay|sua doi|cong bo"
    r"|thanh lap|vua|xin|de nghi"
    rf"|(?:va|tai|theo|kem)\s{{1,60}}(?:{kinds.NAMES}|van ban|so\s{{1,60}}\d+))\b|\s{{0,60}}$)"
)
_DATE_BEFORE = re.compile(rf"ngay\s{{1,60}}(?P<day>{DAY}),[^;.\n]{{2,120}}\bban\s+hanh\s[^;.\n]{{0,60}}$")
_LAW = re.compile(
    rf"\b(?P<name>(?:Bộ luật|Luật|Pháp lệnh)\s[^;.\n()\d]{{2,200}}?),?\s{{1,3}}(?i:ngày)\s(?P<day>{DAY.replace('thang', 'tháng').replace('nam', 'năm')})"
)
_LAW_ALONE = re.compile(
    r"(?:Căn cứ|Căn cư)\s(?P<name>(?:Bộ luật|Luật|Pháp lệnh)\s[^;.\n()\d]{2,200}?)(?=\s{0,3}[;.\n])"
)
# A footnote below a text that was read from a file: it adds to what is cited and cites nothing by itself.
_FOOTNOTE = re.compile(r"\[\d{1,3}\] ")
_LEADS_ON = re.compile(r"(?:[\s,]{1,9}(?:và|cùng|với)){1,3}$")
_BASIS = re.compile(r"^[\W]{0,6}(?:can cu|thuc hien|xet|tiep theo|trien khai|theo)\b")
_ACTS = (
    ("replaces", re.compile(r"\bthay the\b[^.;]{0,60}$")),
    ("revokes", re.compile(r"\b(?:bai bo|huy bo|thu hoi)\b[^.;]{0,60}$")),
    ("amends", re.compile(r"\b(?:sua doi|bo sung)\b[^.;]{0,40}\b(?:tai|cua)\b[^.;]{0,30}$")),
)
_RANK = {"implements": 3, "replaces": 2, "revokes": 2, "amends": 2, "based_on": 1, "mentions": 0}


def code_key(code: str) -> str:
    """The key under which two printings of a code meet: "NĐ-CP", "NĐCP" and "-CTr/Tu" lose their slips."""
    return fold(code).replace(" ", "")


def find_citations(
    source: Source, *, own_code: str | None, title: tuple[int, int], body: int, first_task: int | None
) -> tuple:
    """Everything cited, in order of first mention. `body` is an offset into `Source.text`, `first_task` into the given text. Linear."""
    own = code_key(own_code or "")
    found: dict[str, ParsedCitation] = {}
    for start, cited in sorted(_mentions(source), key=lambda pair: pair[0]):
        key = code_key(cited.code) if cited.code else fold(cited.name or "")
        if key == own or (key not in found and _FOOTNOTE.match(source.text, _line_start(source, start))):
            continue
        cited = replace(
            cited,
            relation=_relation(
                source, start, title, body, first_task is None or cited.span.start < first_task
            ),
        )
        found[key] = _merged(found[key], cited) if key in found else cited
    return tuple(found.values())


def _line_start(source: Source, at: int) -> int:
    return source.text.rfind("\n", 0, at) + 1


def _mentions(source: Source) -> Iterator[tuple[int, ParsedCitation]]:
    coded: set[int] = set()
    for found in CODE.finditer(source.text):
        if (mention := _read(source, found)) is not None:
            coded.add(found.start())
            yield found.start(), mention
    yield from _laws(source)


def _read(source: Source, found: re.Match[str]) -> ParsedCitation | None:
    before = source.plain[max(0, found.start() - 160) : found.start()]
    named = _KIND_BEFORE.search(before)
    symbol = _joined(found["symbol"])
    inferred = "Luật" if kinds.ASSEMBLY.search(symbol) else kinds.of_notation(symbol)
    if named is None and inferred is None and not _NUMBER_SIGN.search(before):
        return None
    if not _is_abbreviated(symbol):
        return None
    kind = _printed_kind(named) if named else None
    day, issuer = _date_and_issuer(source, found.end(), before)
    return ParsedCitation(
        code=_footnote_removed(found["number"] + found["separator"].strip() + symbol),
        name=None,
        kind=kind or inferred or kinds.LETTER,
        issued_on=day,
        issuer=issuer,
        relation="mentions",
        span=source.span(found.start(), found.end()),
    )


def _printed_kind(named: re.Match[str]) -> str | None:
    """The type printed right before the number; only a law has its name in between ("Luật Điện lực số …")."""
    kind = kinds.named(named["kind"])
    return kind if kind in kinds.LAWS or not named["middle"].strip() else None


def _is_abbreviated(symbol: str) -> bool:
    """Mostly capitals, as notations are; "Biểu số 03-Phân công" cites nothing."""
    capitals = sum(1 for c in symbol if c.isupper())
    return capitals >= 2 and capitals * 2 >= sum(1 for c in symbol if c.isalpha())


def _joined(symbol: str) -> str:
    return re.sub(r"\s+", "", symbol)


def _footnote_removed(code: str) -> str:
    """ "126/2024/NĐ-CP1": the last figure is the mark of a footnote."""
    return re.sub(r"(?<=CP|Tg)\d$", "", code)


def _date_and_issuer(source: Source, end: int, before: str) -> tuple[date | None, str | None]:
    plain = source.plain
    if dated := _DATE_AFTER.match(plain, end, end + 200):
        return read_day(dated["day"]), _issuer(
            source, _ISSUER_AFTER.match(plain, dated.end(), dated.end() + 240)
        )
    if dated := _ISSUER_THEN_DATE.match(plain, end, end + 320):
        return read_day(dated["day"]), _issuer(source, dated)
    earlier = _DATE_BEFORE.search(before)
    return (read_day(earlier["day"]) if earlier else None), _issuer(
        source, _ISSUER_AFTER.match(plain, end, end + 240)
    )


def _issuer(source: Source, found: re.Match[str] | None) -> str | None:
    """The body named after "của", within its paragraph, without the "và" that leads to the next one."""
    if found is None:
        return None
    named = squeeze(re.split(r"\n[ \t]*\n", source.text[slice(*found.span("issuer"))])[0])
    return _LEADS_ON.sub("", named) or None


def _laws(source: Source) -> Iterator[tuple[int, ParsedCitation]]:
    for pattern in (_LAW, _LAW_ALONE):
        for found in pattern.finditer(source.text):
            name = squeeze(found["name"])
            day = read_day(found["day"]) if "day" in found.groupdict() else None
            span = source.span(*found.span("name"))
            kind = "Bộ luật" if name.startswith("Bộ luật") else name.split()[0].replace("Pháp", "Pháp lệnh")
            yield found.start("name"), ParsedCitation(None, name, kind, day, None, "mentions", span)


def _relation(source: Source, at: int, title: tuple[int, int], body: int, preamble: bool) -> str:
    before = source.plain[max(0, at - 160) : at]
    for relation, pattern in _ACTS:
        if at >= body and pattern.search(before):
            return relation
    if title[0] <= at < title[1]:
        words = source.plain[title[0] : at]
        return "implements" if re.search(r"\b(?:thuc hien|trien khai|quan triet)\b", words) else "mentions"
    if body <= at and preamble and _BASIS.search(source.plain[_line_start(source, at) : at][:200]):
        return "based_on"
    return "mentions"


def _merged(first: ParsedCitation, later: ParsedCitation) -> ParsedCitation:
    stronger = max(first.relation, later.relation, key=_RANK.__getitem__)
    kind = first.kind if first.kind != kinds.LETTER else later.kind
    return replace(
        first,
        kind=kind,
        issued_on=first.issued_on or later.issued_on,
        issuer=first.issuer or later.issuer,
        relation=stronger,
    )
