import os
from dataclasses import replace
from pathlib import Path

import pytest

from recorder import Recorder
from tutoriallab.cluster.build import BuildError, build, find_go
from tutoriallab.cluster.pins import PROGRAMS
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.programs import version_of


def test_etcd_is_really_built_and_says_its_version(places: Places, recorder: Recorder) -> None:
    etcd = PROGRAMS["etcd"]
    here = replace(places, search_path=os.environ["PATH"])
    left = here.program_folder("3.6.8") / ".build-999999999"
    left.mkdir(parents=True)
    [path] = build(etcd.module, [etcd], here, recorder)
    assert version_of(etcd, path) == (3, 6, 8)
    assert [one.name for one in path.parent.iterdir()] == ["etcd"]
    assert recorder.steps[0][0] == "Building etcd 3.6.8: getting the sources"


def test_without_go_the_reason_says_which_one_is_needed(places: Places) -> None:
    with pytest.raises(BuildError, match=r"go is not on PATH \(go 1.24 or newer builds it\)"):
        find_go(places)


@pytest.mark.parametrize("says", ["go version go1.19.8 linux/amd64", "nothing"])
def test_an_old_or_broken_go_is_not_taken(says: str, places: Places, tmp_path: Path) -> None:
    go = tmp_path / "go"
    go.write_text(f"#!/bin/sh\necho {says}\n")
    go.chmod(0o755)
    with pytest.raises(BuildError, match=r"go 1\.24 or newer is needed"):
        find_go(replace(places, search_path=str(tmp_path)))


def test_a_failed_build_tells_gos_last_words(places: Places, tmp_path: Path, recorder: Recorder) -> None:
    go = tmp_path / "go"
    go.write_text('#!/bin/sh\n[ "$1" = build ] && { echo "x.go:1: boom" >&2; exit 1; }\necho go1.26.0\n')
    go.chmod(0o755)
    etcd = PROGRAMS["etcd"]
    with pytest.raises(BuildError, match=r"go build failed: x\.go:1: boom"):
        build(etcd.module, [etcd], replace(places, search_path=f"{tmp_path}:/bin:/usr/bin"), recorder)
    assert list(places.program_folder("3.6.8").iterdir()) == []
