"""Compiled code is kept where it can be, never stale, and nothing is compiled on import."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from familyflow.compiled import cache, kept_code


@pytest.fixture(autouse=True)
def looked_for_anew() -> Iterator[None]:
    kept_code.folder_of_code.cache_clear()
    yield
    kept_code.folder_of_code.cache_clear()


def test_the_folder_that_was_asked_for_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))

    folder = kept_code.folder_of_code()

    assert folder is not None
    assert folder.parent == tmp_path
    assert not kept_code.is_compiled()
    said: list[str] = []
    kept_code.announce(said.append)
    assert said == [f"compiling kernels, once, about {kept_code.SECONDS_TO_COMPILE} s"]
    for name in kept_code.KERNELS[1:]:
        written(folder, name)
    assert not kept_code.is_compiled()  # one of what a run calls is missing
    written(folder, kept_code.KERNELS[0])
    assert kept_code.is_compiled()
    kept_code.announce(said.append)
    assert len(said) == 1
    kept_code.announce(said.append, expected=True)  # which calls one kernel more
    assert len(said) == 2
    written(folder, kept_code.KERNELS_OF_EXPECTED[0])
    assert kept_code.is_compiled(expected=True)


def test_a_change_of_any_source_that_is_frozen_into_kernels_takes_another_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for pattern in kept_code._FROZEN:
        assert list(kept_code._PACKAGE.glob(pattern)), pattern
    (tmp_path / "luck.py").write_text("one")
    monkeypatch.setattr(kept_code, "_PACKAGE", tmp_path)
    before = kept_code._fingerprint()

    (tmp_path / "luck.py").write_text("two")

    assert kept_code._fingerprint() != before


def test_with_no_place_to_keep_code_one_line_warns_and_a_folder_of_this_run_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kept_code, "_is_writable", lambda folder: False)

    with pytest.warns(RuntimeWarning, match="for this run only") as warned:
        folder = kept_code.folder_of_code()

    assert len(warned) == 1
    assert folder is not None
    assert folder.is_dir()
    kept_code._TEMPORARY.pop().cleanup()


def test_with_no_folder_at_all_kernels_are_compiled_without_being_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(**_: str) -> str:
        raise OSError

    monkeypatch.setattr(kept_code, "_is_writable", lambda folder: False)
    monkeypatch.setattr(kept_code.tempfile, "TemporaryDirectory", refuse)

    with pytest.warns(RuntimeWarning, match="each start compiles them again"):
        twice = cache.kernel(lambda number: 2 * number)

    assert twice(4) == 8


def written(folder: Path, name: str) -> None:
    for kind in ("nbi", "1.nbc"):
        (folder / f"{name}-1.py311.{kind}").write_text("code")


def doubled(number: int) -> int:
    return 2 * number


@pytest.mark.parametrize("kind", ["nbi", "nbc"])
@pytest.mark.parametrize("left", [0, 20])
def test_kept_code_that_is_cut_off_is_made_again_with_one_line(
    kind: str, left: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert cache.kernel(doubled)(4) == 8
    (kept,) = tmp_path.rglob(f"*.{kind}")
    whole = kept.read_bytes()
    kept.write_bytes(whole[:left])

    with pytest.warns(RuntimeWarning, match="the kept code of doubled is damaged") as warned:
        assert cache.kernel(doubled)(4) == 8

    assert len(warned) == 1
    again = cache.kernel(doubled)
    assert again(4) == 8
    assert sum(again.stats.cache_hits.values()) == 1  # type: ignore[attr-defined]


def test_code_that_cannot_be_kept_is_used_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert cache.kernel(doubled)(4) == 8
    (kept,) = tmp_path.rglob("*.nbi")
    kept.unlink()
    kept.mkdir()  # in the way

    with pytest.warns(RuntimeWarning) as warned:
        assert cache.kernel(doubled)(4) == 8

    assert "cannot be kept" in str(warned[-1].message)


def test_nothing_is_compiled_on_import() -> None:
    code = (
        "from numba.core import event\n"
        "with event.install_recorder('numba:compile') as found:\n"
        "    import familyflow.compiled.sums\n"
        "print(len(found.buffer))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )

    assert done.stdout.strip() == "0"
