import json
from dataclasses import replace
from pathlib import Path

import pytest

from recorder import Recorder
from tutoriallab.cluster import kind
from tutoriallab.cluster.engine import NoEngine
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.progress import Silent

MEMORY = 16 * 1024**3


def docker(folder: Path, places: Places, nodes: str = "", memory: int = MEMORY) -> Places:
    """A PATH whose docker knows these containers until they are removed, and fails at all but that and asking."""
    program, there = folder / "docker", folder / "containers"
    there.write_text(nodes)
    info = f'{{"MemTotal": {memory}, "DockerRootDir": "/"}}'
    program.write_text(
        f"#!/bin/sh\ncase $1 in info) echo '{info}';; images) ;; ps) cat {there};; rm) echo -n > {there};; *) exit 1;; esac\n"
    )
    program.chmod(0o755)
    for name in ("kind", "kubectl"):
        (folder / name).write_text("#!/bin/sh\nexit 1\n")
        (folder / name).chmod(0o755)
    programs = {name: folder / name for name in ("kind", "kubectl")}
    return replace(places, search_path=f"{folder}:/usr/bin:/bin", programs=programs)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (
            " • Ensuring node image (kindest/node:v1.34.0) 🖼  ...\n",
            "ensuring node image (kindest/node:v1.34.0)",
        ),
        (" • Starting control-plane 🕹️  ...\n", "starting control-plane"),
        (" ✓ Starting control-plane 🕹️\n", ""),
        ("ERROR: failed to create cluster\n", ""),
    ],
)
def test_what_kind_does_now_is_told_without_its_pictures(line: str, says: str) -> None:
    assert kind.under_way(line) == says


def test_the_reason_of_a_failure_is_kinds_own_error() -> None:
    lines = ["Deleted nodes: []", "ERROR: failed to create cluster: no port", "Stack Trace:", "asm_amd64.s:1"]
    assert kind.reason(lines) == "failed to create cluster: no port"
    assert kind.reason(["one", "two"]) == "two"


@pytest.mark.parametrize(
    "said",
    [
        "Command Output: Error: no room",
        "Error: no room",
        "docker: Error response from daemon: no room",
    ],
)
def test_the_reason_of_a_command_that_failed_is_the_engines_own(said: str) -> None:
    command = 'ERROR: failed to create cluster: command "podman run …" failed with error: exit status 126'
    assert kind.reason([command, "", "Command Output: a warning", said, "Stack Trace:"]) == "no room"


def test_nodes_that_ended_at_once_are_told_with_the_limit_that_is_to_blame() -> None:
    lines = ["ERROR: failed to create cluster: exit status 1", "Container 4a33bb is not running"]
    assert "sysctl fs.inotify.max_user_instances=512" in kind.reason(lines)


def test_a_cluster_that_somebody_else_made_is_refused(places: Places, tmp_path: Path) -> None:
    here = docker(tmp_path, places, "mine-control-plane running\n")
    with pytest.raises(
        ClusterError, match="a kind cluster mine that tutoriallab did not make: take another name"
    ):
        kind.start("mine", here, Silent())


def test_too_little_memory_is_told_with_another_way(places: Places, tmp_path: Path) -> None:
    here = docker(tmp_path, places, memory=2 * 1024**3)
    with pytest.raises(ClusterError, match=r"docker has 2\.0 GiB of memory, a kind cluster needs 3"):
        kind.start("small", here, Silent())


def test_without_a_registry_the_way_is_an_archive(places: Places, tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match=r"cannot be pulled .* --offline ARCHIVE"):
        kind.start("alone", docker(tmp_path, places), Silent())
    assert not kind.is_ours("alone", places)


def test_a_create_that_was_cut_off_is_made_anew_and_says_so(
    places: Places, tmp_path: Path, recorder: Recorder
) -> None:
    here = docker(tmp_path, places, "cut-control-plane running\n")
    folder = places.cluster_folder("cut")
    folder.mkdir(parents=True)
    (folder / "kind.json").write_text('{"image": "x", "state": "creating"}')
    with pytest.raises(ClusterError, match="cannot be pulled"):
        kind.start("cut", here, recorder)
    assert (
        "Cluster cut was not finished: it is made anew, without the labs that were in it." in recorder.notes
    )
    assert not folder.exists()


@pytest.mark.parametrize("name", ["Upper", "-a", "a" * 41])
def test_a_name_that_no_cluster_can_have_is_refused(name: str, places: Places) -> None:
    with pytest.raises(ClusterError, match="cannot name a cluster"):
        kind.start(name, places, Silent())


def test_removing_needs_the_engine_only_where_there_is_something(places: Places, tmp_path: Path) -> None:
    alone = replace(places, search_path=str(tmp_path))
    kind.stop("never", alone, Silent())
    folder = places.cluster_folder("there")
    folder.mkdir(parents=True)
    (folder / "kind.json").write_text('{"image": "x", "state": "made"}')
    with pytest.raises(NoEngine):
        kind.stop("there", alone, Silent())


def test_a_cluster_stays_with_the_engine_that_made_it(places: Places, tmp_path: Path) -> None:
    here = replace(docker(tmp_path, places), search_path=str(tmp_path))
    folder = here.cluster_folder("class")
    folder.mkdir(parents=True)
    for engine in ("docker", ""):
        (folder / "kind.json").write_text(json.dumps({"image": "x", "state": "made", "engine": engine}))
        assert kind.engine_of("class", here).name == "docker"
    (folder / "kind.json").write_text('{"image": "x", "state": "made", "engine": "podman"}')
    # Docker knows nothing of its nodes: it would be made anew beside them.
    for act in (kind.start, kind.stop):
        with pytest.raises(
            NoEngine, match=r"Cluster class was made with podman\. There is no podman on PATH"
        ):
            act("class", here, Silent())
    assert kind.is_ours("class", here)
