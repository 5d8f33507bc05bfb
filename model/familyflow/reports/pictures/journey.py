"""Families from referral to ending, as bands: how many go on at each point and where others go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import fill
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd

from familyflow.reports.pictures.chart import Results, Tables
from familyflow.reports.style import HATCH, PALETTE, headings, new_figure, source_of
from familyflow.reports.words import count

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_TALL: Final = 2.7  # inches of the first point
_ROW, _GAP, _HEADS = 0.24, 0.1, 0.55  # inches: least room of a label, between groups, above points
_ACROSS: Final = 2.35  # inches from one point to the next
_NODE: Final = 0.14  # inches
_WIDE: Final = 24  # characters above a point
_ON, _END, _OFF = PALETTE[0], PALETTE[1], PALETTE[3]
_FEWEST: Final = 0.05  # families, below which a count is written as nothing


class Node(NamedTuple):
    """Families at a point: where it lies (inches right and down), and how tall it is."""

    point: str
    families: float
    x: float
    y: float
    tall: float
    colour: str
    hatch: str = ""


def draw(results: Results, tables: Tables) -> Axes | None:
    """A column for each point of the way, and bands to those after it. None where nobody comes."""
    rows = _rows(tables)
    if _families(rows, "referred") < _FEWEST:
        return None
    nodes = _laid_out(rows)
    deep = max(node.y + max(node.tall, _ROW) for node in nodes.values())
    _, axes = new_figure((9.0, deep + _HEADS + 1.5))
    for node in nodes.values():
        _draw_node(axes, node)
    for source in dict.fromkeys(rows["from"]):
        _draw_bands(axes, nodes, rows, source)
    _write(axes, nodes, rows)
    axes.set_xlim(-0.1, 8.95)
    axes.set_ylim(deep, -_HEADS)
    axes.axis("off")
    headings(axes, finding(results), _about(results), source_of(results, "journey"))
    return axes


def finding(results: Results) -> str:
    """How many of those referred start, and how many give up before."""
    flow = results["flow"]
    started, referred, gave_up = (
        flow[f"families_{name}"]["mean"] for name in ("started", "referred", "gave_up_waiting")
    )
    rest = f"; {count(gave_up)} give up waiting" if gave_up >= _FEWEST else ""
    return (
        f"{count(started)} of {count(referred)} families referred start work with a key worker"
        f"{rest}"
    )


def words(results: Results, tables: Tables) -> str:
    """Every point, and from where families come to it."""
    rows = _rows(tables)
    told = []
    for source in dict.fromkeys(rows["from"]):
        here = rows[rows["from"] == source]
        each = ", ".join(f"{count(n)} {point}" for point, n in _pairs(here))
        told.append(f"Of those {source}: {each}" if source else each[:1].upper() + each[1:])
    return f"Flow chart. {finding(results)}. {'. '.join(told)}. {_about(results)}"


def _laid_out(rows: pd.DataFrame) -> dict[str, Node]:
    """Those who go on along the top; those who leave beneath all that is right of them."""
    scale = _TALL / _families(rows, "referred")
    way = [point for point in rows.loc[rows["kind"] == "on the way", "point"] if point != "started"]
    nodes = {}
    for place, point in enumerate(way):
        families, is_end = _families(rows, point), point == way[-1]
        look = _END if is_end else _ON
        nodes[point] = Node(point, families, _ACROSS * place, 0.0, families * scale, look)
    down = max(nodes[way[-1]].tall, _ROW) + _GAP / 2
    for place in range(len(way) - 1, 0, -1):
        before = way[place - 1]
        for point, families in _pairs(rows[(rows["from"] == before) & (rows["kind"] == "left")]):
            tall = families * scale
            room = max(tall, _ROW)
            middle = down + (room - tall) / 2
            nodes[point] = Node(point, families, _ACROSS * place, middle, tall, _OFF, HATCH)
            down += room + _GAP / 2
        down = max(down, nodes[before].tall) + _GAP  # beneath the bands to the right
    return {point: node for point, node in nodes.items() if node.families >= _FEWEST}


def _draw_node(axes: Axes, node: Node) -> None:
    from matplotlib.patches import Rectangle

    place = (node.x, node.y)
    axes.add_patch(
        Rectangle(
            place, _NODE, node.tall, facecolor=node.colour, edgecolor=node.colour, lw=0.8, zorder=3
        )
    )


def _draw_bands(axes: Axes, nodes: Mapping[str, Node], rows: pd.DataFrame, source: str) -> None:
    """From a point to every one after it, stacked at the point from the top."""
    start = nodes.get(source)
    if start is None:
        return
    used = 0.0
    for point in rows[rows["from"] == source]["point"]:
        end = nodes.get(point)
        if end is not None:
            _draw_band(axes, start, start.y + used, end)
            used += end.tall


def _draw_band(axes: Axes, start: Node, y: float, end: Node) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    left, right = start.x + _NODE, end.x
    middle = (left + right) / 2
    corners = [
        (left, y), (middle, y), (middle, end.y), (right, end.y), (right, end.y + end.tall),
        (middle, end.y + end.tall), (middle, y + end.tall), (left, y + end.tall), (left, y),
    ]  # fmt: skip
    curve = [Path.CURVE4] * 3
    codes = [Path.MOVETO, *curve, Path.LINETO, *curve, Path.CLOSEPOLY]
    look: dict[str, Any] = {"facecolor": f"{end.colour}40", "edgecolor": f"{end.colour}A0"}
    axes.add_patch(PathPatch(Path(corners, codes), lw=0.8, hatch=end.hatch, zorder=2, **look))


def _write(axes: Axes, nodes: Mapping[str, Node], rows: pd.DataFrame) -> None:
    """Counts with names: above the points on the way, beside the ends."""
    goes_on = {source for source in rows["from"] if source in nodes}
    started = _families(rows, "started")
    dark: dict[str, Any] = {"color": PALETTE[4], "zorder": 4}
    for node in nodes.values():
        text = f"{count(node.families)} {node.point}"
        if node.point not in goes_on:
            beside = (node.x + _NODE + 0.07, node.y + node.tall / 2)
            axes.text(*beside, text, ha="left", va="center", **dark)
            continue
        if "key worker" in text and started >= _FEWEST:
            text += f"; {count(started)} start"
        above = (node.x, node.y - 0.06)
        axes.text(*above, fill(text, _WIDE), ha="left", va="bottom", **dark)


def _rows(tables: Tables) -> pd.DataFrame:
    """The points; those that follow none have an empty text there, which a CSV reads as missing."""
    return tables["journey"].fillna({"from": ""})


def _pairs(rows: pd.DataFrame) -> Sequence[tuple[str, float]]:
    """Points that anybody reaches, with the families."""
    some = rows[rows["families"] >= _FEWEST]
    return list(zip(some["point"], some["families"], strict=True))


def _families(rows: pd.DataFrame, point: str) -> float:
    return float(rows.loc[rows["point"] == point, "families"].sum())


def _about(results: Results) -> str:
    up = results["flow"]["families_referred_up"]["mean"]
    step_ups = (
        f" In {count(up)} families a child steps up to statutory social care during support."
        if up >= _FEWEST
        else ""
    )
    return (
        "Families over the funding term, mean of draws. Hatched: families who leave before a "
        f"planned ending.{step_ups}"
    )
