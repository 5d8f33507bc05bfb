"""Any row of valid values is read; one cell made otherwise is valid too, or told with its line."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.records.files import FULL, TODAY, WORDS, csv_text, kept, read, told

from familyflow.records.columns import BEFORE_WORK, COLUMNS, OF_WORK, Kind

QUIET = settings(
    max_examples=200, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
MOST = {column.name: int(column.most) for column in COLUMNS}
DAYS = st.dates(date(2000, 1, 1), TODAY)


@st.composite
def rows(draw: st.DrawFn) -> dict[str, str]:
    """Cells of a referral that can be: open or ended, before work or after it."""
    days = sorted(draw(DAYS) for _ in range(4))
    steps = draw(st.integers(1, 3))  # referred; allocated; started
    row = dict(zip(("referred", "allocated", "started")[:steps], map(str, days), strict=False))
    endings = [*(BEFORE_WORK if steps < 3 else {}), *(OF_WORK if steps > 1 else {})]
    if draw(st.booleans()):
        row |= {"ended": str(days[3]), "ending": draw(st.sampled_from(endings))}
    row["family"] = draw(st.from_regex(r"[A-Z][0-9]{1,5}", fullmatch=True))
    words = {"source": WORDS.sources, "needs": WORDS.needs, "level": WORDS.levels}
    for column in COLUMNS:
        if column.kind in (Kind.WHOLE, Kind.NUMBER) and draw(st.booleans()):
            row[column.name] = str(draw(st.integers(0, MOST[column.name])))
        if column.kind is Kind.YES_NO:
            row[column.name] = draw(st.sampled_from(["yes", "no", ""]))
        if column.name in words:
            row[column.name] = draw(st.sampled_from([*words[column.name], ""]))
    if "meetings_offered" in row:
        row["meetings_held"] = str(draw(st.integers(0, int(row["meetings_offered"]))))
    return dict.fromkeys(FULL, "") | row


@QUIET
@given(rows())
def test_any_row_of_valid_values_is_read_as_it_stands(tmp_path: Path, row: dict[str, str]) -> None:
    case = read(tmp_path, csv_text([row])).cases[0]
    days = (case.referred, case.allocated, case.started, case.ended)
    assert [str(day or "") for day in days] == [
        row[name] for name in ("referred", "allocated", "started", "ended")
    ]
    plain = {name: getattr(case, name) for name in ("ending", "source", "needs", "level")}
    assert plain == {name: row[name] or None for name in plain}
    for name in ("children", "hours", "meetings_offered", "meetings_held"):
        assert getattr(case, name) == (float(row[name]) if row[name] else None)
    for name in ("risks", "strengths", "difficulties", "wellbeing"):
        cells = (row[f"{name}_at_entry"], row[f"{name}_at_exit"])
        assert getattr(case, name) == tuple(float(cell) if cell else None for cell in cells)


@QUIET
@given(rows(), st.sampled_from(list(FULL)), st.data())
def test_one_cell_made_otherwise_is_valid_or_told_with_its_line(
    tmp_path: Path, row: dict[str, str], name: str, data: st.DataObject
) -> None:
    others = [FULL[name], "", *(FULL.values()), "99999999", "1900-01-01", "x", "-1"]
    cell = data.draw(st.sampled_from(others) | st.text(max_size=8) | DAYS.map(str), label="cell")
    other = {**FULL, "family": "F990001"}
    changed = {**row, name: '"' + cell.replace('"', '""') + '"'}
    found = told(kept(tmp_path, csv_text([other, changed, {**other, "family": "F990002"}])))
    if "\0" in cell or "\ufffd" in cell:
        return
    assert {one.line for one in found} <= {3}
    if not found:
        assert len(read(tmp_path, csv_text([other, changed])).cases) == 2


@QUIET
@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_read_or_explained(tmp_path: Path, held: bytes, header: bool) -> None:
    begin = ",".join(FULL).encode() + b"\n" if header else b""
    assert told(kept(tmp_path, begin + held))


@QUIET
@given(st.data())
def test_any_cut_of_a_file_is_read_or_explained(tmp_path: Path, data: st.DataObject) -> None:
    rows = [{**FULL, "family": f"F{n}", "ending": '"planned"'} for n in range(3)]
    text = csv_text(rows)
    cut = text[: data.draw(st.integers(0, len(text)), label="letters")]
    found = told(kept(tmp_path, cut))
    if not found:
        last = cut.rstrip("\n").rpartition("\n")[2]
        assert last.count(",") == len(FULL) - 1, "a row cut off within is never taken for whole"


def test_a_day_later_is_a_day_later(tmp_path: Path) -> None:
    later = {
        name: str(date.fromisoformat(cell) + timedelta(1)) if cell[:2] == "20" and "-" in cell
        else cell for name, cell in FULL.items()
    }  # fmt: skip
    one, other = (read(tmp_path, csv_text([row])).cases[0] for row in (FULL, later))
    assert other.referred - one.referred == timedelta(1)
