"""What has to fit: words that were cut, wrapped in the middle, or struck through."""

import math
from itertools import combinations, pairwise

import pytest

from directives.models import Assignment, Directive
from directives.templatetags.figures import PIECES
from directives.templatetags.wording import MARKS

CUT = """selector => [...document.querySelectorAll(selector)].filter(field => {
  if (field.tagName !== "SELECT") return field.scrollWidth > field.clientWidth;
  const free = field.cloneNode(true);
  free.setAttribute("class", "in");
  free.replaceChildren(field.selectedOptions[0].cloneNode(true));
  free.style.cssText = "position:fixed;flex:none;width:auto;min-width:0";
  field.parentNode.append(free);
  const cut = free.offsetWidth > field.offsetWidth + 1;
  free.remove();
  return cut;
}).map(field => field.name)"""


@pytest.fixture
def draft(db) -> Directive:
    return Directive.objects.filter(state="draft").latest("pk")


@pytest.mark.parametrize("width", [360, 390, 760, 1366])
def test_nothing_in_the_heading_of_the_desk_is_cut(as_user, draft, width):
    Directive.objects.filter(pk=draft.pk).update(number="1254", notation="SGTVT-VP")
    page = as_user("vanthu", viewport={"width": width, "height": 900})
    page.goto(f"/van-ban/{draft.pk}/soan/")
    assert page.evaluate(CUT, "[name=number], [name=notation], [name=notation_style]") == []


def test_errors_of_a_slot_stand_below_all_its_inputs(as_user, draft):
    page = as_user("vanthu", viewport={"width": 1366, "height": 900})
    page.goto(f"/van-ban/{draft.pk}/soan/")
    page.locator("[name=number]").evaluate("field => field.removeAttribute('maxlength')")
    page.fill("[name=number]", "mười hai" * 20)
    page.locator(".sticky button[value=save]").click()
    page.wait_for_load_state()
    error = page.locator(".sl .err").first
    tops = [page.locator(f"[name={name}]").bounding_box()["y"] for name in ("number", "notation")]
    assert tops[0] == pytest.approx(tops[1], abs=2)
    assert error.bounding_box()["y"] > tops[0]


@pytest.mark.parametrize("width", [360, 390])
def test_the_states_name_stands_on_one_line(as_user, draft, width):
    page = as_user("vanthu", viewport={"width": width, "height": 800})
    page.goto(f"/van-ban/{draft.pk}/xem-truoc/")
    for line in (".qh", ".tn .ul"):
        box = page.locator(f".nd30 {line}").bounding_box()
        size = page.locator(f".nd30 {line}").evaluate("e => parseFloat(getComputedStyle(e).lineHeight)")
        assert box["height"] < 1.8 * size, line


def test_the_end_of_a_sheet_is_marked_in_the_margins_alone(as_user, draft):
    """The strokes are as wide as the margins, and no words stand there."""
    page = as_user("vanthu", viewport={"width": 1366, "height": 900})
    page.goto(f"/van-ban/{draft.pk}/xem-truoc/")
    paper = page.locator(".nd30")
    strokes = paper.evaluate("e => getComputedStyle(e).backgroundSize.split(',').map(parseFloat)")[:2]
    edges = paper.evaluate("""e => {
      const words = document.createRange(), box = e.getBoundingClientRect();
      words.selectNodeContents(e);
      const found = [...words.getClientRects()].filter(one => one.width);
      return [Math.min(...found.map(one => one.left)) - box.left, box.right - Math.max(...found.map(one => one.right))];
    }""")
    assert all(0 < stroke <= edge for stroke, edge in zip(strokes, edges, strict=True)), (strokes, edges)


def test_a_cell_of_a_supporting_duty_fills_its_place_as_any_other(as_user, keys):
    owed = Assignment.objects.filter(directive=keys["letter"]).values("pk")[:1]
    Assignment.objects.filter(pk__in=[one["pk"] for one in owed]).update(duty="support")
    page = as_user("giamdoc", viewport={"width": 1366, "height": 900})
    page.goto(f"/van-ban/{keys['letter']}/")
    assert page.locator(".mx td.sup").count() == 1
    shown = page.locator(".mx td").evaluate_all("cells => cells.map(cell => getComputedStyle(cell).display)")
    assert set(shown) == {"table-cell"}


def test_the_pieces_of_a_bar_are_told_apart_where_the_system_chooses_the_colours(as_user):
    page = as_user("giamdoc", viewport={"width": 1366, "height": 900}, forced_colors="active")
    page.goto("/thong-ke/")
    fills = page.locator(".bar").evaluate_all(
        "bars => bars.map(bar => [...bar.querySelectorAll('rect')].map(one => getComputedStyle(one).fill))"
    )
    assert max(len(bar) for bar in fills) > 2
    # Both kinds of waiting have one colour.
    assert all(len(set(bar)) >= len(bar) - 1 for bar in fills), fills


FILLS = """classes => classes.map(name => {
  const piece = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  piece.setAttribute("class", `f-${name}`);
  document.querySelector(".bar").append(piece);
  return getComputedStyle(piece).fill.match(/\\d+/g).map(Number);
})"""


def lab(red, green, blue):
    """CIE L*a*b* (D65) of a colour of the screen: how far apart two are to the eye."""
    r, g, b = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4
        for one in (red / 255, green / 255, blue / 255)
    )
    x, y, z = (
        0.4124 * r + 0.3576 * g + 0.1805 * b,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        0.0193 * r + 0.1192 * g + 0.9505 * b,
    )
    x, y, z = (
        one ** (1 / 3) if one > 0.008856 else 7.787 * one + 16 / 116 for one in (x / 0.9505, y, z / 1.089)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def test_no_two_colours_of_a_bar_are_nearly_the_same(as_user):
    page = as_user("giamdoc", viewport={"width": 1366, "height": 900})
    page.goto("/thong-ke/")
    names = [MARKS[standing].css for _line, standing in PIECES]
    for media in ({"color_scheme": "light"}, {"color_scheme": "dark"}, {"media": "print"}):
        page.emulate_media(**media)
        fills = dict(zip(names, page.evaluate(FILLS, names), strict=True))
        apart = {
            (one, other): math.dist(lab(*fills[one]), lab(*fills[other]))
            for one, other in combinations(fills, 2)
        }
        assert min(apart.values()) > 8, (media, min(apart, key=apart.get))
        beside = [apart[pair] for pair in pairwise(fills)]
        assert min(beside) > 10, (media, beside)


def test_the_unit_and_its_heading_stay_where_a_wide_table_is_moved_sideways(as_user):
    for width in (390, 1366):
        page = as_user("giamdoc", viewport={"width": width, "height": 900})
        page.goto("/thong-ke/bieu/")
        page.locator(".offw").evaluate("box => { box.scrollLeft = 900 }")
        left = page.locator(".offw").bounding_box()["x"]
        for cell in ("thead th.corner", "tbody th", "tfoot th"):
            box = page.locator(f".off {cell}").first.bounding_box()
            assert box["x"] == pytest.approx(left, abs=2), (width, cell)
            assert box["width"] < width / 2
