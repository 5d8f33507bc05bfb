"""Files of care histories, made by hand or by chance, for the tests."""

from datetime import date, timedelta
from pathlib import Path

from familyflow.problems import Problems
from familyflow.records.care_read import read_care

HEADER = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
)
TODAY = date(2026, 4, 30)


def line(child, began, ended="", place="U6", by="PR1", legal="C2", starts="S", ends=None):
    """A line of the episodes file; it ends for good unless `ends` says otherwise."""
    ends = ("E8" if ended else "") if ends is None else ends
    return f"{child},{began},{starts},{legal},N1,{place},{by},{ended},{ends},,M14 5TP,M1 1AA,SC123"


def written(folder: Path, *lines, header=HEADER, name="episodes.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def read(folder, *lines, header=HEADER, as_of=None, since=None):
    """The records and the problems of a file of these lines."""
    problems = Problems()
    path = written(folder, *lines, header=header)
    return read_care(path, problems, as_of, TODAY, since=since), problems.found


def good(folder, *lines, **given):
    records, problems = read(folder, *lines, **given)
    assert problems == []
    return records


def later(day: date, days: int) -> date:
    return day + timedelta(days=days)
