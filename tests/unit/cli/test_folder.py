"""Files come into a folder whole, and nowhere else."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tutoriallab.cli.error import CliError
from tutoriallab.cli.folder import write

#: A user who owns nothing, by the number that Linux gives it.
NOBODY = 65534
FILES = {"web.yaml": "kind: Service\n", "chart/templates/web.yaml": "汉字\n"}


def states(folder: Path, files: Mapping[str, str] = FILES, *, force: bool = False) -> list[str]:
    return [one.state for one in write(folder, files, force=force)]


def texts(folder: Path) -> dict[str, str]:
    """Every file below the folder with what it holds."""
    return {
        str(one.relative_to(folder)): one.read_text(encoding="utf-8")
        for one in folder.rglob("*")
        if one.is_file()
    }


def test_what_is_missing_is_written_and_what_is_there_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there"
    assert states(folder) == ["written", "written"]
    assert texts(folder) == FILES
    assert states(folder) == ["same", "same"]


def test_what_was_changed_is_kept_until_forced(tmp_path: Path) -> None:
    states(tmp_path)
    (tmp_path / "web.yaml").write_text("mine")
    (tmp_path / "chart/templates/web.yaml").unlink()

    assert states(tmp_path) == ["kept", "written"]
    assert texts(tmp_path) == {**FILES, "web.yaml": "mine"}
    assert states(tmp_path, force=True) == ["written", "same"]
    assert texts(tmp_path) == FILES


def test_other_files_of_the_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("mine")
    states(tmp_path, force=True)
    assert texts(tmp_path) == {**FILES, "mine.yaml": "mine"}


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert states(tmp_path / "link") == ["written", "written"]
    assert texts(tmp_path / "real") == FILES


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize(
    ("there", "path"),
    [
        ("a link to a file", "web.yaml"),
        ("a link to nothing", "web.yaml"),
        ("a link to a folder", "chart"),
        ("a link to a folder", "chart/templates"),
        ("a folder", "web.yaml"),
        ("a file", "chart"),
        ("a pipe", "web.yaml"),
    ],
)
def test_nothing_is_written_through_what_is_in_the_way(
    tmp_path: Path, there: str, path: str, force: bool
) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    outside.mkdir()
    (outside / "precious").write_text("precious")
    place = folder / path
    place.parent.mkdir(parents=True)
    match there:
        case "a link to a file":
            place.symlink_to(outside / "precious")
        case "a link to nothing":
            place.symlink_to(outside / "new")
        case "a link to a folder":
            place.symlink_to(outside)
        case "a folder":
            place.mkdir()
        case "a file":
            place.write_text("mine")
        case _:
            os.mkfifo(place)
    before = sorted(folder.rglob("*"))

    with pytest.raises(CliError, match="is a link or no plain file: move it away"):
        write(folder, FILES, force=force)

    assert texts(outside) == {"precious": "precious"}
    # Also not those that nothing was in the way of.
    assert sorted(folder.rglob("*")) == before


def test_a_hard_link_keeps_what_it_has_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("precious")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "web.yaml").hardlink_to(tmp_path / "precious")
    assert states(tmp_path / "folder", force=True) == ["written", "written"]
    assert (tmp_path / "precious").read_text() == "precious"


@pytest.mark.parametrize("path", ["../out", "/out", "a/../../out", ".bashrc", ""])
def test_a_path_that_leads_elsewhere_is_refused_before_anything_is_written(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "folder"
    with pytest.raises(CliError, match="is no plain relative path"):
        write(folder, {**FILES, path: "x"})
    assert not folder.exists()


def test_a_file_that_is_much_longer_is_another_one(tmp_path: Path) -> None:
    (tmp_path / "web.yaml").write_bytes(b"kind: Service\n" + b"x" * 1_000_000)
    assert states(tmp_path) == ["kept", "written"]


@contextmanager
def not_as_root() -> Iterator[None]:
    """Root may write everywhere: meanwhile we are somebody else, if we are root."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(was)


def test_a_folder_that_cannot_be_written_is_told_with_the_way_out() -> None:
    # Not pytest's own folder, which nobody but its user may enter.
    with TemporaryDirectory() as name:
        Path(name).chmod(0o555)
        with (
            not_as_root(),
            pytest.raises(CliError, match=r"cannot be written \(Permission denied\): choose another folder"),
        ):
            write(Path(name) / "folder", FILES)


def test_a_file_in_place_of_the_folder_is_told_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("mine")
    with pytest.raises(
        CliError, match=r"folder cannot be written \(File exists\): choose another folder with --into"
    ):
        write(tmp_path / "folder", FILES)
