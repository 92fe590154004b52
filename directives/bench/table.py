"""The figures as a table for people and as data for machines."""

import os
import platform
from dataclasses import replace
from pathlib import Path

from django.db import connection

from directives.bench.figure import Figure

BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
HEADINGS = ["measure", "best", "median", "floor", "ratio", "growth", "queries", "kB sent", "target", "held"]


def markdown(figures: list[Figure], scale: str) -> str:
    """A Markdown table whose columns are padded, so that a terminal shows it as well."""
    rows = [HEADINGS, *map(_cells, figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([f"Scale {scale} on {machine()}.", "", lines[0], rule, *lines[1:]]) + "\n"


def data(figures: list[Figure], scale: str) -> dict:
    return {"scale": scale, "machine": machine(), "figures": list(map(_data, figures))}


def beside(figures: list[Figure], smaller: dict) -> list[Figure]:
    """The figures, each with the best time of the same in what `data` told of a smaller province."""
    best = {figure["key"]: figure["best"] for figure in smaller["figures"]}
    return [replace(figure, smaller=best.get(figure.key)) for figure in figures]


def machine() -> str:
    """What the figures were taken on."""
    return f"{_database()}, Python {platform.python_version()}, {os.cpu_count()} cores"


def write_readme(readme: Path, text: str) -> None:
    """Put the table between the marks of the README."""
    before, _, rest = readme.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    readme.write_text(f"{before}{BEGIN}\n{text}{END}{after}")


def _cells(figure):
    return [
        figure.what,
        _time(figure.best, figure.unit),
        _time(figure.median, figure.unit),
        _time(min(figure.floor), figure.unit) if figure.floor else "",
        _times(figure.ratio),
        _times(figure.growth),
        "" if figure.queries is None else str(figure.queries),
        "" if figure.size is None else f"{figure.size / 1000:.1f}",
        str(figure.target),
        ("yes" if figure.held else "NO") if str(figure.target) else "",
    ]


def _times(value):
    return f"{value:.3g}×" if value else ""


def _time(value, unit):
    return f"{value:.3g} {unit}" if value < 100 else f"{value:.0f} {unit}"


def _data(figure):
    return {
        "key": figure.key,
        "what": figure.what,
        "unit": figure.unit,
        "best": figure.best,
        "median": figure.median,
        "floor": min(figure.floor) if figure.floor else None,
        "ratio": figure.ratio,
        "growth": figure.growth,
        "queries": figure.queries,
        "bytes": figure.size,
        "target": {
            "time": figure.target.time,
            "ratio": figure.target.ratio,
            "queries": figure.target.queries,
            "growth": figure.target.growth,
            "size": figure.target.size,
        },
        "held": figure.held,
    }


def _database():
    version = ".".join(map(str, connection.get_database_version()))
    return f"{connection.display_name} {version}"
