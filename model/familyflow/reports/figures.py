"""Writes charts as SVG and PNG, the same bytes every time, with their alt text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from familyflow.reports.pictures.chart import Chart, Results, Tables, pictures
from familyflow.reports.style import chart_style

# neither date nor version in the file: the same results give the same bytes
NO_TRACES: dict[str, dict[str, str | None]] = {"svg": {"Date": None}, "png": {"Software": None}}


def write_figures(
    folder: Path, results: Results, tables: Tables, charts: Mapping[str, Chart]
) -> list[Path]:
    """Draw those charts that have something to draw into `folder`; returns the files written.

    The folder is made if needed; without anything to draw there is neither folder nor file.
    """
    written = []
    words = {}
    for name, chart, shown in pictures(charts, results):
        with chart_style():
            axes = chart.draw(shown, tables)
            if axes is None:
                continue
            figure = axes.get_figure(root=True)
            assert figure is not None
            words[name] = chart.words(shown, tables)
            folder.mkdir(exist_ok=True)  # not its parents: a run that went away stays away
            for kind in ("svg", "png"):
                path = folder / f"{name}.{kind}"
                about = {"Title": name, "Description": words[name], **NO_TRACES[kind]}
                figure.savefig(path, metadata=about, dpi=150)
                figure.set_layout_engine("none")  # laid out once: the other kind looks the same
                written.append(path)
    if not words:
        return []
    texts = folder / "alt_text.json"
    texts.write_text(json.dumps(words, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return [*written, texts]
