"""Accessibility: what axe-core finds against WCAG 2.2 AA."""

from collections.abc import Iterable

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

ALL = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# All that a scheme changes.
OF_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
RULES = {"light": ALL, "dark": OF_COLOUR}
RUN = "rules => axe.run({runOnly: rules, resultTypes: ['violations']}).then(found => found.violations)"


def axe_violations(page: Page, *, schemes: Iterable[str] = RULES) -> list[str]:
    """One line per element at fault, in light and, of its colours, in dark. Provokes CSP reports: collect those first."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = [line for scheme in schemes for line in _in_scheme(page, scheme)]
    page.emulate_media(color_scheme="null")
    return found


def _in_scheme(page: Page, scheme: str) -> list[str]:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    return [
        f"{scheme} {page.url} {line}"
        for violation in page.evaluate(RUN, RULES[scheme])
        for line in _lines(violation)
    ]


def _lines(violation: dict) -> list[str]:
    return [f"{violation['id']} at {node['target']}: {node['html'][:200]}" for node in violation["nodes"]]
