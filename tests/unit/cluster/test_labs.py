from pathlib import Path

import pytest

from recorder import Recorder
from tutoriallab.cluster import labs as module
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.kubectl import Kubectl
from tutoriallab.cluster.labs import delete_labs, labs, listed


def kubectl(folder: Path, text: str) -> Kubectl:
    path = folder / "kubectl"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return Kubectl([str(path)], folder)


LAB = '{"metadata": {"namespace": "academy", "name": "scale"}, "status": {"next": "Pod x holds namespace scale"}}'


def test_labs_are_told_with_what_comes_next(tmp_path: Path) -> None:
    assert labs(kubectl(tmp_path, f"""echo '{{"items": [{LAB}]}}'""")) == {
        "academy/scale": "Pod x holds namespace scale"
    }


def test_a_cluster_without_the_kind_has_no_labs(tmp_path: Path) -> None:
    said = 'error: the server doesn\'t have a resource type "tutoriallabs"'
    assert labs(kubectl(tmp_path, f'echo "{said}" >&2; exit 1')) == {}


def test_labs_that_do_not_go_are_named_with_what_holds_them(
    tmp_path: Path, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "GO_WITHIN", 0)
    with pytest.raises(
        ClusterError, match=r"^Lab academy/scale did not go .*Pod x holds namespace scale.*operating.md"
    ):
        delete_labs(kubectl(tmp_path, f"""echo '{{"items": [{LAB}]}}'"""), recorder)


def test_many_labs_are_told_by_the_first_few() -> None:
    assert listed(["a/a"]) == "Lab a/a"
    assert listed([f"a/{one}" for one in "abcdefg"]) == "Labs a/a, a/b, a/c, a/d, a/e and 2 more"
