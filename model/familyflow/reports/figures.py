"""Writes the charts of a run as SVG and PNG, the same bytes every time, with their alt text."""

from __future__ import annotations

import json
from pathlib import Path

from familyflow.reports.alt_text import ALT_TEXT
from familyflow.reports.charts import CHARTS, Results, Tables
from familyflow.reports.style import chart_style

# neither date nor version in the file: the same results give the same bytes
NO_TRACES: dict[str, dict[str, str | None]] = {"svg": {"Date": None}, "png": {"Software": None}}


def write_figures(folder: Path, results: Results, tables: Tables) -> list[Path]:
    """Draw every chart into `folder` (made if needed); returns the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    words = {}
    for name, draw in CHARTS.items():
        words[name] = ALT_TEXT[name](results, tables)
        with chart_style():
            figure = draw(results, tables).get_figure(root=True)
            assert figure is not None
            for kind in ("svg", "png"):
                path = folder / f"{name}.{kind}"
                about = {"Title": name, "Description": words[name], **NO_TRACES[kind]}
                figure.savefig(path, metadata=about, dpi=150)
                written.append(path)
    texts = folder / "alt_text.json"
    texts.write_text(json.dumps(words, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return [*written, texts]
