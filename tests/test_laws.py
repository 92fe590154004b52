"""The laws of the house that can be read off the source; the import contracts are in pyproject.toml.

A law turns one source into its offences, so that it holds for files not written yet too. Each is shown
an offender as well: a law that never bites is no law.
"""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("portal", "directives", "units")
Offences = Iterator[tuple[int, str]]


def modules(*folders: str) -> list[str]:
    found = (path.relative_to(ROOT) for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path.as_posix() for path in found if "migrations" not in path.parts)


def templates() -> list[str]:
    return sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "templates").rglob("*.html"))


# --- Reading Python ----------------------------------------------------------------------------


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Each call with the last part of what is called: `create` of `Report.objects.create(…)`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node, last_name(node.func)


def imports(tree: ast.AST) -> Iterator[tuple[int, str, str]]:
    """Line, module and name of each imported thing."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                yield node.lineno, getattr(node, "module", None) or alias.name, alias.name


def sql(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Strings that look like SQL (a docstring may use its words, but not its shape)."""
    for node in ast.walk(tree):
        text = getattr(node, "value", None)
        if isinstance(text, str) and re.search(r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE)\b\s", text):
            yield node.lineno, text


def last_name(node: ast.AST) -> str:
    return getattr(node, "attr", getattr(node, "id", ""))


def keywords(call: ast.Call) -> set[str]:
    return {keyword.arg for keyword in call.keywords if keyword.arg}


def strings(call: ast.Call) -> set[object]:
    return {
        part.value for argument in call.args for part in ast.walk(argument) if isinstance(part, ast.Constant)
    }


# --- The laws of Python ------------------------------------------------------------------------

VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹàáãèéìíòóõùúĩũý]", re.I)
GETTEXT = {"_", *(f"{kind}gettext{lazy}" for kind in ("", "n", "p", "np") for lazy in ("", "_lazy", "_noop"))}
PATTERNS = {"compile", "findall", "finditer", "fullmatch", "match", "search", "sub"}
CREATORS = {"create", "get_or_create", "update_or_create"}
ROW_WRITERS = CREATORS | {"bulk_create", "bulk_update", "save"}
AGGREGATES = {"Aggregate", "Avg", "Count", "Max", "Min", "StdDev", "StringAgg", "Sum", "Variance"}
PRESENT = {
    ("timezone", "now"),
    ("date", "today"),
    *(("datetime", name) for name in ("now", "today", "utcnow")),
}
PRESENT_IF_BARE = {"localtime", "localdate"}  # with a moment given they only convert


def writes_state(tree: ast.AST) -> Offences:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "state" and isinstance(node.ctx, ast.Store):
            yield node.lineno, "assigns .state"
    for call, name in calls(tree):
        if "state" in keywords(call) and name in CREATORS | {"update", "Directive", "Assignment"}:
            yield call.lineno, f"{name}(state=…)"
        if "state" in strings(call) and name in {"setattr", "bulk_update"}:
            yield call.lineno, f"{name} of state"
    for line, text in sql(tree):
        if re.search(r"(?s)\bUPDATE\b.+\bSET\b.+\bstate\s*=", text):
            yield line, "SQL that sets state"


def reads_roles(tree: ast.AST) -> Offences:
    """Giving a role (a form, an import, the demo) is not reading one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and any(names_role(part) for part in [node.left, *node.comparators]):
            yield node.lineno, "compares roles"
        if loads(node) and node.attr in {"memberships", "memberships_in_force"}:
            yield node.lineno, f"reads .{node.attr}"
    for call, name in calls(tree):
        if name in {"filter", "exclude", "get", "Q"} and any(
            "role" in word.split("__") for word in keywords(call)
        ):
            yield call.lineno, f"{name}(role=…)"
        if name in {"holders", "holds", "unit_ids", "paths", "reaches"} and any(
            names_role(part) for part in call.args
        ):
            yield call.lineno, f"{name}(…, Role): ask for a verb instead"


def loads(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)


def names_role(node: ast.AST) -> bool:
    """`Role.HEAD`, or the role of a membership (the line of a document has a role of its own)."""
    found = [part for part in ast.walk(node) if isinstance(part, ast.Attribute)]
    return any(
        last_name(part.value) == "Role" or (part.attr == "role" and holds_role(part.value)) for part in found
    )


def holds_role(node: ast.AST) -> bool:
    return last_name(node) in {"m", "held", "membership", "user"} or "membership" in ast.dump(node)


def aggregates(tree: ast.AST) -> Offences:
    for line, module, name in imports(tree):
        if module.startswith("django") and (
            name in AGGREGATES or name == "aggregates" or "aggregates" in module
        ):
            yield line, f"imports {name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in AGGREGATES and last_name(node.value) == "models":
            yield node.lineno, f"models.{node.attr}"
    for call, name in calls(tree):
        if name == "aggregate":
            yield call.lineno, "aggregate()"


def asks_the_time(tree: ast.AST) -> Offences:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and (last_name(node.value), node.attr) in PRESENT:
            yield node.lineno, f"{last_name(node.value)}.{node.attr}"
        if isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
            yield node.lineno, f"{node.arg} does not travel with the clock"
    for call, name in calls(tree):
        if name in PRESENT_IF_BARE and not call.args:
            yield call.lineno, f"{name}()"
    for line, module, name in imports(tree):
        if (module, name) == ("django.db.models.functions", "Now"):
            yield line, "the database's Now"
    for line, text in sql(tree):
        if re.search(r"(?i)\bnow\(\)|\bcurrent_(date|timestamp)\b|'now'", text):
            yield line, "the database's present in SQL"


def folds(tree: ast.AST) -> Offences:
    """Composing letters (NFC) is free; taking them apart is folding."""
    for call, name in calls(tree):
        if name in {"combining", "decomposition"} or (name == "normalize" and "NFC" not in strings(call)):
            yield call.lineno, f"{name}()"


def writes_rows(tree: ast.AST) -> Offences:
    for call, name in calls(tree):
        if name in ROW_WRITERS or (name in {"update", "delete"} and "objects" in ast.dump(call.func)):
            yield call.lineno, f"{name}()"


def speaks_untranslated(tree: ast.AST) -> Offences:
    """Vietnamese that never passes gettext stays Vietnamese on an English screen."""
    passed = {id(part) for call, name in calls(tree) if name in GETTEXT | PATTERNS for part in ast.walk(call)}
    notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        text = getattr(node, "value", None)
        if isinstance(text, str) and is_vietnamese(text) and id(node) not in passed | notes:
            yield node.lineno, f"untranslated {text!r}"


def is_vietnamese(text: str) -> bool:
    """Names stay as they are in any language, and so do the abbreviations of documents (QĐ, TTr)."""
    letters = "".join(VIETNAMESE.findall(re.sub("Thông Suốt|Tiếng Việt", "", text)))
    return letters != "" and (len(text) > 4 or not letters.isupper())


def marks_safe(tree: ast.AST) -> Offences:
    for line, module, name in imports(tree):
        if module == "django.utils.safestring" and name in {"mark_safe", "SafeText"}:
            yield line, f"imports {name}"
    for call, name in calls(tree):
        if name == "SafeString":
            yield call.lineno, "SafeString()"


def is_long(tree: ast.AST) -> Offences:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = node.end_lineno - node.lineno + 1
            if lines > 60:
                yield node.lineno, f"{node.name} has {lines} lines, more than a screen"


@dataclass(frozen=True)
class Law:
    offences: Callable[[ast.AST], Offences]
    offenders: list[str]
    allowed: set[str] = field(default_factory=set)  # a module, or a package by its folder
    within: list[str] = field(default_factory=lambda: modules(*ROOMS))

    def __str__(self):
        return self.offences.__name__

    def sources(self) -> list[str]:
        return [
            path
            for path in self.within
            if not any(path == one or path.startswith(f"{one}/") for one in self.allowed)
        ]


GENERATE = {"directives/management/commands/generate.py", "directives/bench"}
# What the law words in Vietnamese whatever the screen speaks: documents read, printed, or of the demo.
VIETNAMESE_BY_NATURE = {
    "directives/bench",
    "directives/demo",
    "directives/drafting/intake.py",
    "directives/parsing",
    "directives/rendering",
    "portal/formats",
    "units/naming.py",
}
DRAWINGS = {
    "directives/templatetags/icons.py",
    "directives/templatetags/matrix.py",
    "directives/views/tracking/blanks.py",
}
# The two rules, and their sentences asked of everybody at once.
RULES = {"units/rules.py", "directives/rules", "directives/audience.py"}
LAWS = [
    Law(
        writes_state,
        ["x.state = 1", "rows.update(state=1)", "setattr(x, 'state', 1)", "Assignment(state=1)", "f('UPDATE t SET state = 1')"],
        allowed={"directives/lifecycle.py"} | GENERATE,
    ),
    Law(
        reads_roles,
        ["m.role == 1", "role in {Role.HEAD}", "rows.filter(memberships__role=1)", "holds(user, Role.HEAD)", "roster.holders(unit, Role.HEAD)", "user.memberships.all()"],
        allowed=RULES,
    ),
    Law(
        aggregates,
        ["from django.db.models import Count", "models.Sum('x')", "rows.aggregate(n=1)"],
        allowed={"directives/compliance.py", "directives/compliance", "directives/rollup"},
    ),
    Law(
        asks_the_time,
        ["timezone.now()", "timezone.localdate()", "date.today()", "datetime.datetime.now()", "f(auto_now=True)", "f('SELECT now()')",
         "from django.db.models.functions import Now"],
        allowed={"units/clock.py"},
    ),
    Law(folds, ["unicodedata.normalize('NFD', x)", "unicodedata.combining(x)"], allowed={"units/naming.py"}),
    Law(marks_safe, ["from django.utils.safestring import mark_safe", "SafeString(x)"], allowed=DRAWINGS),
    Law(writes_rows, ["Report.objects.create()", "x.save()", "Unit.objects.all().update(a=1)"],
        within=[path for path in modules("directives/management") if "seed_demo" in path]),
    Law(speaks_untranslated, ["x = 'văn bản'", "f(label='Gửi ' + 'đi')"], allowed=VIETNAMESE_BY_NATURE),
    Law(is_long, ["def f():\n" + "    pass\n" * 60], within=modules(*ROOMS, "tests")),
]  # fmt: skip


@pytest.mark.parametrize("law", LAWS, ids=str)
def test_python_keeps_the_law(law):
    found = [
        f"{path}:{line} {offence}"
        for path in law.sources()
        for line, offence in law.offences(ast.parse((ROOT / path).read_text()))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("law", "offender"), [(law, text) for law in LAWS for text in law.offenders], ids=str
)
def test_the_law_bites(law, offender):
    assert list(law.offences(ast.parse(offender)))


# --- The laws of templates ---------------------------------------------------------------------

# A mail has no Content-Security-Policy, and its readers understand nothing but style attributes.
MAILS = "templates/emails/"
FORBIDDEN = {
    "inline script": r"(?i)<script\b(?![^>]*\bsrc=)",
    "inline style": r"(?i)<style\b|\sstyle\s*=",
    "inline handler": r"(?i)\son[a-z]+\s*=",
    "script address": r"(?i)javascript:",
    "script in htmx": r"hx-on\b|hx-on:|hx-vals\s*=\s*[\"']js:|hx-vars|hx-trigger\s*=\s*\"[^\"]*\[",
    "skipped escaping": r"\|\s*safe\b|\|\s*safeseq\b|{%\s*autoescape\s+off",
    "reading of roles": r"\bmemberships\b|\.role\b",
    "number without its points": r"(?s)count (\w+)=(?:(?!endblocktranslate).)*?{{ \1 }}",
}
OFFENDERS = [
    "<script>x</script>", '<p style="x">', "<style>", '<a onclick="x">', '<a href="javascript:x">', '<a hx-on:click="x">',
    '<a hx-trigger="click[x]">', "{{ x|safe }}", "{% autoescape off %}", "{{ user.memberships }}",
    "{% blocktranslate count n=x %}{{ n }} việc{% plural %}{{ n }} việc{% endblocktranslate %}",
]  # fmt: skip


# Official paper is worded by the law.
PAPER = ("templates/rendering/", "templates/directives/paper")
TRANSLATED = re.compile(
    r"(?s){%\s*comment.*?endcomment\s*%}|{%\s*blocktranslate.*?endblocktranslate\s*%}|{#.*?#}|{%.*?%}|{{.*?}}|<!--.*?-->"
)
# Help texts are the programmer's, and Django writes its own as HTML.
MAY_SKIP_ESCAPING = {"templates/admin/includes/field.html", "templates/admin/includes/fieldset.html"}


def template_offences(source: str) -> list[str]:
    return [
        f"{name}: {found[0]!r}"
        for name, pattern in FORBIDDEN.items()
        for found in re.finditer(pattern, source)
    ]


def test_templates_keep_the_laws():
    pages = [path for path in templates() if not path.startswith(MAILS)]
    found = [(path, offence) for path in pages for offence in template_offences((ROOT / path).read_text())]
    excused = [
        (path, offence) for path, offence in found if path in MAY_SKIP_ESCAPING and "escaping" in offence
    ]
    assert sorted(set(found) - set(excused)) == []


def test_templates_translate_every_word():
    pages = [path for path in templates() if not path.startswith(PAPER)]
    bare = {path: TRANSLATED.sub("\n", (ROOT / path).read_text()).splitlines() for path in pages}
    assert [(path, line) for path in pages for line in bare[path] if is_vietnamese(line)] == []


@pytest.mark.parametrize("offender", OFFENDERS)
def test_the_laws_of_templates_bite(offender):
    assert template_offences(offender)


def test_a_script_from_a_file_is_no_offence():
    assert template_offences('<script src="{% static "js/a.js" %}" defer></script>') == []


# --- Sizes -------------------------------------------------------------------------------------

# A page that is longer, and why it may be.
LONG_TEMPLATES: dict[str, str] = {}


def lines(path: str) -> int:
    return len((ROOT / path).read_text().splitlines())


def test_no_module_is_above_400_lines():
    assert {path: lines(path) for path in modules(*ROOMS, "tests") if lines(path) > 400} == {}


def test_no_template_is_above_120_lines():
    assert {
        path: lines(path) for path in templates() if lines(path) > 120 and path not in LONG_TEMPLATES
    } == {}
