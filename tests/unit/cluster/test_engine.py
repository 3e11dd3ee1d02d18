import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from recorder import Recorder
from tutoriallab.cluster.engine import Engine, Name, NoEngine, find_engine, last_line
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.places import Places

Says = Callable[..., Places]
DOCKER = {"MemTotal": 8_000_000_000, "DockerRootDir": "/var/lib/docker"}
PODMAN = {"host": {"memTotal": 4_000_000_000}, "store": {"graphRoot": "/var/lib/containers"}}


@pytest.fixture
def says(places: Places, tmp_path: Path) -> Says:
    """A PATH with engines that are shell scripts: name to what they do."""

    def put(**scripts: str) -> Places:
        for name, script in scripts.items():
            program = tmp_path / name
            program.write_text(f"#!/bin/sh\n{script}\n")
            program.chmod(0o755)
        return replace(places, search_path=str(tmp_path))

    return put


def test_docker_comes_before_podman_and_tells_what_it_has(says: Says, tmp_path: Path) -> None:
    found = find_engine(says(docker=f"echo '{json.dumps(DOCKER)}'", podman="exit 1"))
    assert found == Engine("docker", tmp_path / "docker", 8_000_000_000, "/var/lib/docker")


def test_podman_serves_where_docker_does_not_answer(says: Says) -> None:
    places = says(
        docker="echo Cannot connect to the Docker daemon >&2; exit 1", podman=f"echo '{json.dumps(PODMAN)}'"
    )
    found = find_engine(places)
    assert (found.name, found.memory, found.root) == ("podman", 4_000_000_000, "/var/lib/containers")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
            "docker is installed, but its engine does not run: start it",
        ),
        (
            "permission denied while trying to connect to the Docker daemon socket",
            "docker runs, but this user may not speak to it: `sudo usermod -aG docker",
        ),
        ("something else", "docker does not work (something else): see what `docker info` says."),
    ],
)
def test_an_engine_that_does_not_serve_is_told_in_a_sentence(said: str, told: str, says: Says) -> None:
    with pytest.raises(NoEngine) as refused:
        find_engine(says(docker=f"echo '{json.dumps({'ServerErrors': [said]})}'; exit 1"))
    assert told in str(refused.value)
    assert refused.value.installed


def test_without_any_engine_the_way_is_to_install_one(says: Says) -> None:
    with pytest.raises(NoEngine, match="install Docker or podman") as refused:
        find_engine(says())
    assert not refused.value.installed


def test_containers_of_a_cluster_are_told_with_whether_they_run(says: Says, tmp_path: Path) -> None:
    says(docker="echo 'a-worker running'; echo 'a-worker2 exited'")
    engine = Engine("docker", tmp_path / "docker", 1, "")
    assert engine.nodes("a") == {"a-worker": True, "a-worker2": False}


def test_loading_tells_how_much_is_read(says: Says, tmp_path: Path, recorder: Recorder) -> None:
    says(docker=f"cat > {tmp_path}/loaded")
    archive = tmp_path / "archive.tar"
    archive.write_bytes(b"x" * 9_000_000)
    Engine("docker", tmp_path / "docker", 1, "").load(archive, recorder)
    assert (tmp_path / "loaded").stat().st_size == 9_000_000
    assert recorder.steps[-1][0] == "Loading archive.tar: 9 of 9 MB"


def test_an_archive_that_the_engine_refuses_is_told_in_its_words(
    says: Says, tmp_path: Path, recorder: Recorder
) -> None:
    says(docker="echo 'unexpected EOF' >&2; exit 1")
    archive = tmp_path / "archive.tar"
    archive.write_bytes(b"x" * 9_000_000)
    with pytest.raises(
        ClusterError, match=r"cannot load .*archive\.tar \(unexpected EOF\): get the archive again"
    ):
        Engine("docker", tmp_path / "docker", 1, "").load(archive, recorder)


def test_a_pull_tells_the_engines_words_and_why_it_failed(
    says: Says, tmp_path: Path, recorder: Recorder
) -> None:
    says(docker="echo '1.17.1: Pulling from library/nginx'; echo 'manifest unknown' >&2; exit 1")
    engine = Engine("docker", tmp_path / "docker", 1, "")
    assert engine.pull("nginx:1.17.1", recorder) == "manifest unknown"
    assert recorder.steps[0][0] == "Pulling nginx:1.17.1: 1.17.1: Pulling from library/nginx"


def test_the_last_line_is_one_that_says_something() -> None:
    assert last_line("first\nsecond\n\n") == "second"
    assert last_line("") == "it gave no reason"


@pytest.mark.parametrize("name", ["docker", "podman"])
def test_with_the_nodes_go_the_volumes_that_kind_made_for_them_in_podman(name: Name, tmp_path: Path) -> None:
    program = tmp_path / name
    text = 'case "$*" in "volume ls --quiet --filter label=a") echo v1; echo v2 ;; esac'
    program.write_text(f'#!/bin/sh\necho "$*" >> {tmp_path}/asked\n{text}\n')
    program.chmod(0o755)
    Engine(name, program, 1, "/").remove(["a", "b"])
    removals = [line for line in (tmp_path / "asked").read_text().splitlines() if "rm" in line.split()]
    assert removals == ["rm -f -v a b", *(["volume rm -f v1 v2"] if name == "podman" else [])]
    (tmp_path / "asked").unlink()
    Engine(name, program, 1, "/").remove([])
    assert not (tmp_path / "asked").exists()
