"""``sweep`` at the command line: bad input, progress for programs, stopped and taken up again."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest
from tests.cli.conftest import Command, answered, ended, started

from familyflow.cli.progress import Lines

SMALL = (
    "sweep", "core_offer", "--set", "appraisal.term_years=1",
    "--set", "service.team.key_workers=2", "--seed", "3",
    "--vary", "unit_costs.staff.", "--vary", "outcomes.effects.care_ratio",
)  # fmt: skip
SOBOL = (*SMALL, "--method", "sobol", "--n", "32", "--progress", "json")
# the command, at its second block again and again until somebody stops it
NEVER_DONE = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
from familyflow.cli import main
from familyflow.experiments.sweeps.model import Model
own = Model.__call__
def never_done(model, first, places):
    while first:
        print("at the second block", file=sys.stderr, flush=True)
        own(model, first, places)
    return own(model, first, places)
Model.__call__ = never_done
main()
"""


def progress_in(err: str) -> list[dict[str, float]]:
    return [json.loads(line) for line in err.splitlines() if line.startswith("{")]


@pytest.mark.parametrize(
    "options",
    [
        ("--method", "sobol", "--n", "many"),
        ("--replications", "0"),
        ("--workers", "0"),
        ("--engine", "numba"),
        ("--follow-up", "sometimes"),
        ("--progress", "loud"),
        ("--seconds-a-point", "-1"),
    ],
)
def test_what_no_option_takes_ends_with_2(
    command: Command, tmp_path: Path, options: tuple[str, ...]
) -> None:
    said = command("sweep", "core_offer", *options)

    assert (said.code, said.out) == (2, "")
    assert said.err
    assert not [path for path in tmp_path.iterdir() if path.name != "code"]


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (("--method", "sobal", "--cluster", "nowhere"), "sobol"),
        (("--target", "net_savign"), "money.net_saving"),
        (("--target", "agency.nobody.cost"), "agency.nobody.cost"),
        (("--point", "nowhere.json"), "nowhere.json"),
    ],
)
def test_what_makes_no_sense_ends_with_2_and_nothing_written(
    tmp_path: Path, options: tuple[str, ...], what: str
) -> None:
    said = answered(tmp_path, "sweep", "core_offer", *options)

    assert (said.code, said.out) == (2, ""), said.err
    assert what in said.err
    assert "Traceback" not in said.err
    assert not list(tmp_path.iterdir())


def test_a_scheduler_that_is_not_there_ends_with_4(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("familyflow.experiments.points.cluster.SECONDS_TO_MEET", 1)

    said = answered(tmp_path, *SMALL, "--cluster", "tcp://127.0.0.1:9")

    assert said.code == 4, said.err
    assert "127.0.0.1:9" in said.err


def test_a_sweep_is_printed_kept_shown_and_done_again(tmp_path: Path) -> None:
    asked = (*SMALL, "--replications", "2", "--target", "net_saving", "--target", "cost")
    said = ended(started(tmp_path, *asked, "--json", "--progress", "json"))
    found = json.loads(said.out)
    lines = progress_in(said.err)

    assert said.code == 0, said.err
    assert [one["target"] for one in found["targets"]] == ["money.net_saving", "money.cost"]
    assert found["targets"][0]["sentences"]
    assert {"stage", "done", "of", "per_second", "seconds_left"} == set(lines[-1])
    folder = tmp_path / found["folder"]
    drawn = {path.name for path in (folder / "figures").glob("*.png")}
    assert drawn >= {"tornado_net_saving.png", "tornado_cost.png"}
    page = answered(tmp_path, "runs", "show", folder.name)
    assert page.code == 0
    assert "Net saving, with every number as stated" in page.out
    proof = answered(tmp_path, "runs", "reproduce", folder.name, "--json")
    assert proof.json["same"], proof.out
    assert proof.code == 0, proof.err


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sweep that nothing stopped, by two workers."""
    out = tmp_path_factory.mktemp("whole")
    answered(out, *SOBOL, "--out", str(out), "--workers", "2")
    return out


@pytest.mark.parametrize(
    "number",
    [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.long), signal.SIGKILL],
)
def test_a_sweep_that_is_stopped_goes_on_where_it_was(
    tmp_path: Path, whole: Path, number: int
) -> None:
    asked = (*SOBOL, "--out", str(tmp_path), "--workers", "1")
    process = started(tmp_path, *asked, code=NEVER_DONE)
    assert process.stderr is not None
    while "at the second block" not in process.stderr.readline():
        pass
    process.send_signal(number)
    stopped = ended(process)
    more = answered(tmp_path, *asked)

    if number == signal.SIGKILL:
        assert stopped.code == -signal.SIGKILL
    else:
        assert stopped.code == 130
        assert "the same command goes on" in stopped.err
        assert "Traceback" not in stopped.err
    assert more.code == 0, more.err
    first = progress_in(more.err)[0]
    assert 0 < first["done"] < first["of"]
    for name in ("results.json", "tables/indices.csv"):
        (one,), (other,) = (list(out.glob(f"sweep_*/{name}")) for out in (whole, tmp_path))
        assert one.read_bytes() == other.read_bytes()


def test_points_go_with_purge_and_findings_stay(tmp_path: Path) -> None:
    answered(tmp_path, *SMALL, "--replications", "1", "--quiet")
    points = tmp_path / "outputs" / ".sweeps"
    answered(tmp_path, "purge")
    before = list(points.iterdir())
    said = answered(tmp_path, "purge", "--sweeps")

    assert said.code == 0, said.err
    assert any(path.is_dir() for path in before)
    assert not [path for path in points.iterdir() if path.is_dir() and path.name != ".locks"]
    assert list((tmp_path / "outputs").glob("sweep_tornado_*/results.json"))


def test_lines_of_progress_leave_out_what_was_done_before(
    capsys: pytest.CaptureFixture[str],
) -> None:
    clock = iter([0.0, 0.5, 2.0, 4.0])
    lines = Lines(lambda: next(clock))
    for done in (100, 101, 120, 200):
        lines("simulating", done, 200)
    first, second, third = progress_in(capsys.readouterr().err)

    assert (first["done"], first["per_second"]) == (100, None)
    assert (second["done"], second["per_second"], second["seconds_left"]) == (120, 10.0, 8.0)
    assert (third["done"], third["seconds_left"]) == (200, 0.0)
