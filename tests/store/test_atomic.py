"""A file is written whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from familyflow.problems import MachineError
from familyflow.store import atomic
from familyflow.store.atomic import file_hash, write_file, write_files


def _fails_with(number: int):
    def fail(*_arguments: object, **_named: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"

    write_file(path, b"first")
    write_file(path, b"second")

    assert path.read_bytes() == b"second"
    assert [file.name for file in tmp_path.iterdir()] == ["a.bin"]


def test_a_name_that_is_taken_is_left_alone_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"mine")

    with pytest.raises(FileExistsError):
        write_file(path, b"other", replace=False)

    assert path.read_bytes() == b"mine"
    assert [file.name for file in tmp_path.iterdir()] == ["a.yaml"]


def test_a_file_system_without_links_still_never_overwrites(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic.os, "link", _fails_with(errno.EPERM))
    path = tmp_path / "a.yaml"

    write_file(path, b"first", replace=False)
    with pytest.raises(FileExistsError):
        write_file(path, b"second", replace=False)

    assert path.read_bytes() == b"first"


def _everything_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_several_files_are_written_in_folders_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")

    write_files({tmp_path / "a": b"1", tmp_path / "deep" / "er" / "b": b"2"})
    write_files({})

    assert _everything_in(tmp_path) == {"a": b"1", "deep/er/b": b"2"}


def test_a_full_disk_at_the_second_of_several_files_leaves_all_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = {"a": b"old a", "b": b"old b"}
    for name, data in old.items():
        (tmp_path / name).write_bytes(data)
    real, calls = os.fsync, []

    def full_at_the_second(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(handle)

    monkeypatch.setattr(atomic.os, "fsync", full_at_the_second)

    with pytest.raises(MachineError, match=r"no space.*2\.5 kB must be written"):
        write_files({tmp_path / name: b"x" * 1250 for name in old})

    assert _everything_in(tmp_path) == old


def test_a_folder_in_the_way_of_one_of_several_files_leaves_all_as_they_were(
    tmp_path: Path,
) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").mkdir()

    with pytest.raises(MachineError):
        write_files({tmp_path / "a": b"new", tmp_path / "b": b"new"})

    assert _everything_in(tmp_path) == {"a": b"old"}


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_file_and_says_how_much_was_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"old")
    monkeypatch.setattr(atomic.os, step, _fails_with(errno.ENOSPC))

    with pytest.raises(MachineError, match=r"2\.5 kB must be written.*free") as raised:
        write_file(path, b"x" * 2500)

    assert str(tmp_path) in str(raised.value)
    assert raised.value.exit_code == 4
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.bin"]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.EDQUOT, "no space"),
        (errno.EFBIG, "no space"),
        (errno.EACCES, "may not be read or written"),
        (errno.EROFS, "may not be read or written"),
        (errno.ENAMETOOLONG, "longer than"),
        (errno.EIO, "Input/output error"),
    ],
)
def test_each_trouble_of_the_machine_has_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    monkeypatch.setattr(atomic.os, "replace", _fails_with(number))

    with pytest.raises(MachineError, match=said):
        write_file(tmp_path / "a.bin", b"x")


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="went away"):
        write_file(tmp_path / "gone" / "a.bin", b"x")

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_synced_is_no_obstacle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = os.fsync

    def only_files(handle: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{handle}"):
            raise OSError(errno.EINVAL, "not for folders")
        sync(handle)

    monkeypatch.setattr(atomic.os, "fsync", only_files)
    write_file(tmp_path / "a.bin", b"x")

    assert (tmp_path / "a.bin").read_bytes() == b"x"


@pytest.mark.parametrize("name", ["with spaces.bin", "ünïcödé 家.bin", "x" * 255])
def test_names_with_spaces_other_letters_and_full_length_work(tmp_path: Path, name: str) -> None:
    write_file(tmp_path / name, b"x")

    assert (tmp_path / name).read_bytes() == b"x"


def test_a_file_hash_is_the_sha_256_of_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")

    # FIPS 180-2, example B.1
    expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert file_hash(tmp_path / "a") == expected
