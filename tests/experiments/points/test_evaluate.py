"""Points are evaluated once each, kept in blocks, and never mixed with others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.experiments.points.toys import OUTPUTS, Bad, Counted, points, smooth

from familyflow.experiments.points import Evaluated, Points, Quarantined, evaluate_points
from familyflow.experiments.points.points import Floats
from familyflow.problems import InputError, MachineError, RefusedError

WANTED = smooth(0, points().places)
ZERO = "ZeroDivisionError: no families, so no mean"


def _same(found: Floats, wanted: Floats = WANTED) -> bool:
    return found.tobytes() == wanted.tobytes()


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_outputs_stand_in_the_order_of_the_points_and_nan_is_kept(tmp_path: Path) -> None:
    found = evaluate_points(points(), smooth, OUTPUTS, tmp_path / "sweep")

    assert _same(found.outputs)
    assert found.quarantined == ()
    assert found.warnings == ()
    assert np.isnan(found.outputs[3, 1])


@pytest.mark.parametrize("block", [1, 7, 47, 100])
def test_the_size_of_a_block_changes_no_byte_of_the_outputs(tmp_path: Path, block: int) -> None:
    assert _same(evaluate_points(points(block=block), smooth, OUTPUTS, tmp_path / "a").outputs)


def test_two_folders_of_the_same_work_hold_the_same_bytes(tmp_path: Path) -> None:
    # so neither a time nor a process nor a machine stands in them
    for name in ("a", "b"):
        evaluate_points(points(), Bad(raises=(4, 33)), OUTPUTS, tmp_path / name)

    assert _bytes(tmp_path / "a") == _bytes(tmp_path / "b")


def test_what_is_finished_is_not_evaluated_again(tmp_path: Path) -> None:
    evaluate_points(points(), smooth, OUTPUTS, tmp_path / "a")
    before, counted = _bytes(tmp_path / "a"), Counted()

    found = evaluate_points(points(), counted, OUTPUTS, tmp_path / "a")

    assert counted.asked == []
    assert _same(found.outputs)
    assert _bytes(tmp_path / "a") == before


def test_more_points_use_the_blocks_of_fewer_and_fewer_those_of_more(tmp_path: Path) -> None:
    for count, asked in ((25, range(25)), (47, range(25, 47)), (33, range(30, 33)), (47, ())):
        counted = Counted()

        found = evaluate_points(points(count), counted, OUTPUTS, tmp_path / "a")

        # the last block of fewer points is used beside what was lacking of it; one that reaches
        # beyond the points cannot be checked against them and is not used
        assert counted.asked == list(asked)
        assert _same(found.outputs, smooth(0, points(count).places))


def test_progress_counts_finished_points_from_those_found_at_the_start(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    evaluate_points(points(20), smooth, OUTPUTS, tmp_path / "a")

    def progress(stage: str, done: int, of: int) -> None:
        told.append((stage, done, of))

    evaluate_points(points(), smooth, OUTPUTS, tmp_path / "a", progress=progress)

    assert told == [("simulating", done, 47) for done in (20, 30, 40, 47)]


def test_no_points_have_no_outputs(tmp_path: Path) -> None:
    assert evaluate_points(points(0), smooth, OUTPUTS, tmp_path / "a").outputs.shape == (0, 2)


# Points that fail


def test_a_point_that_raises_is_quarantined_and_its_neighbours_stand(tmp_path: Path) -> None:
    found = evaluate_points(points(), Bad(raises=(4, 33, 34)), OUTPUTS, tmp_path / "a")

    assert found.quarantined == tuple(Quarantined(point, ZERO) for point in (4, 33, 34))
    wanted = WANTED.copy()
    wanted[[4, 33, 34]] = np.nan
    assert _same(found.outputs, wanted)


@pytest.mark.parametrize("hurt", ["nothing", "the journal is gone", "the block is gone"])
def test_a_quarantined_point_stays_so_and_is_listed_again(tmp_path: Path, hurt: str) -> None:
    first = evaluate_points(points(), Bad(raises=(4,)), OUTPUTS, tmp_path / "a")
    if hurt == "the journal is gone":
        (tmp_path / "a" / "points.journal").unlink()
    if hurt == "the block is gone":
        (tmp_path / "a" / "000000000-000000009.block").unlink()
    counted = Counted()

    again = evaluate_points(points(), counted, OUTPUTS, tmp_path / "a")

    assert again.quarantined == first.quarantined == (Quarantined(4, ZERO),)
    assert _same(again.outputs, first.outputs)
    assert 4 not in counted.asked


def test_a_block_whose_points_were_all_given_up_is_finished(tmp_path: Path) -> None:
    block = tuple(range(10, 20))
    first = evaluate_points(points(), Bad(raises=block), OUTPUTS, tmp_path / "a")
    (tmp_path / "a" / "000000010-000000019.block").unlink()

    again = evaluate_points(points(), Counted(), OUTPUTS, tmp_path / "a")

    assert [each.point for each in again.quarantined] == list(block)
    assert _same(again.outputs, first.outputs)


def test_a_reset_gives_quarantined_points_another_go_and_touches_no_other_block(
    tmp_path: Path,
) -> None:
    evaluate_points(points(), Bad(raises=(4, 33)), OUTPUTS, tmp_path / "a")
    counted = Counted()

    found = evaluate_points(points(), counted, OUTPUTS, tmp_path / "a", reset_quarantine=True)

    assert found.quarantined == ()
    assert _same(found.outputs)
    assert counted.asked == [*range(10), *range(30, 40)]
    assert _same(evaluate_points(points(), smooth, OUTPUTS, tmp_path / "a").outputs)


@pytest.mark.parametrize("error", [MemoryError, KeyboardInterrupt, MachineError("no disk")])
def test_trouble_of_the_machine_is_no_fault_of_a_point(
    tmp_path: Path, error: type[BaseException] | BaseException
) -> None:
    def troubled(first: int, places: Floats) -> Floats:
        if first == 20:
            raise error
        return smooth(first, places)

    with pytest.raises(error if isinstance(error, type) else type(error)):
        evaluate_points(points(), troubled, OUTPUTS, tmp_path / "a")
    counted = Counted()

    assert _same(evaluate_points(points(), counted, OUTPUTS, tmp_path / "a").outputs)
    assert counted.asked == list(range(20, 47))


def test_a_function_cannot_change_the_places(tmp_path: Path) -> None:
    def meddling(first: int, places: Floats) -> Floats:
        found = smooth(first, places)
        places[:] = 0.0
        return found

    assert _same(evaluate_points(points(), meddling, OUTPUTS, tmp_path / "a").outputs)
    assert _same(evaluate_points(points(), smooth, OUTPUTS, tmp_path / "a").outputs)


def test_outputs_of_another_shape_are_our_fault_and_nothing_is_kept(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"shape \(10, 2\); \(10, 3\) was asked"):
        evaluate_points(points(), smooth, 3, tmp_path / "a")

    assert list((tmp_path / "a").glob("*.block")) == []


# What is never mixed


def _refused(folder: Path, asked: Points, outputs: int = OUTPUTS) -> str:
    with pytest.raises(RefusedError) as raised:
        evaluate_points(asked, smooth, outputs, folder)
    return str(raised.value)


def test_the_same_work_at_other_places_is_refused(tmp_path: Path) -> None:
    evaluate_points(points(), smooth, OUTPUTS, tmp_path / "a")
    places = points().places.copy()
    places[25, 1] = np.nextafter(places[25, 1], 1.0)

    told = _refused(tmp_path / "a", replace(points(), places=places))
    assert "points 20 to 29 at other places" in told

    # by the block alone and by the journal alone
    held = (tmp_path / "a" / "points.journal").read_bytes()
    (tmp_path / "a" / "points.journal").unlink()
    assert _refused(tmp_path / "a", replace(points(), places=places)) == told
    for block in (tmp_path / "a").glob("*.block"):
        block.unlink()
    (tmp_path / "a" / "points.journal").write_bytes(held)
    assert _refused(tmp_path / "a", replace(points(), places=places)) == told


def test_other_work_is_refused(tmp_path: Path) -> None:
    evaluate_points(points(), smooth, OUTPUTS, tmp_path / "a")

    assert "belongs to other work" in _refused(tmp_path / "a", points(work="cd" * 32))


def test_another_number_of_outputs_is_refused(tmp_path: Path) -> None:
    evaluate_points(points(), smooth, OUTPUTS, tmp_path / "a")

    assert "holds 2 outputs of each point, not 3" in _refused(tmp_path / "a", points(), 3)


# What cannot be asked


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"workers": 0}, "--workers"),
        ({"seconds_a_point": 0.0}, "--seconds-a-point"),
        ({"seconds_a_point": float("nan")}, "--seconds-a-point"),
        ({"seconds_a_point": 1.0, "cluster": "tcp://127.0.0.1:1"}, "--seconds-a-point"),
    ],
)
def test_counts_that_make_no_sense_write_nothing(
    tmp_path: Path, changes: dict[str, object], named: str
) -> None:
    def asking() -> Evaluated:
        return evaluate_points(points(), smooth, OUTPUTS, tmp_path / "a", **changes)

    with pytest.raises(InputError, match=named):
        asking()

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("changes", [{"work": "core_offer"}, {"block": 0}, {"places": np.zeros(3)}])
def test_points_that_cannot_be_are_our_fault(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(changes))):
        replace(points(), **changes)
