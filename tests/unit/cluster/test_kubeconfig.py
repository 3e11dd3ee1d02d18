"""The user's kubeconfig, with kubectl itself as the judge where one is at hand."""

import os
import subprocess
from pathlib import Path

import pytest
import yaml

from in_ci import fail_in_ci_else_skip
from tutoriallab.cluster import kubeconfig
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.kubeconfig_text import Entry, current, names, parse, with_current, with_entry
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.programs import find

WORK = with_current(with_entry("", Entry("work", {"server": "https://w"}, {})), "work")


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return {"HOME": str(tmp_path / "home")}


def config(home: dict[str, str]) -> Path:
    return Path(home["HOME"], ".kube", "config")


def given_config(home: dict[str, str], text: str = WORK) -> Path:
    file = config(home)
    file.parent.mkdir(parents=True)
    file.write_text(text)
    file.chmod(0o600)
    return file


def given_cluster(places: Places, name: str = "tutoriallab") -> None:
    """A cluster's own kubeconfig in the cache, as embedded.start leaves it."""
    folder = places.cluster_folder(name)
    folder.mkdir(parents=True)
    content = {
        "clusters": [{"name": "x", "cluster": {"server": f"https://{name}"}}],
        "users": [{"name": "x", "user": {"token": "t"}}],
    }
    (folder / "kubeconfig").write_text(yaml.safe_dump(content))


def now(home: dict[str, str]) -> str:
    return current(parse(config(home).read_text()))


def test_the_context_becomes_current_and_the_one_before_is_named(
    places: Places, home: dict[str, str]
) -> None:
    file = given_config(home)
    given_cluster(places)
    assert kubeconfig.add("tutoriallab", places, home) == kubeconfig.Added(file, "tutoriallab", "work")
    assert now(home) == "tutoriallab"
    assert file.stat().st_mode & 0o777 == 0o600


def test_removing_it_gives_back_the_file_to_the_letter(places: Places, home: dict[str, str]) -> None:
    file = given_config(home)
    given_cluster(places)
    kubeconfig.add("tutoriallab", places, home)
    assert kubeconfig.remove("tutoriallab", places, home) == kubeconfig.Removed(file, True, "work")
    assert file.read_text() == WORK
    assert sorted(one.name for one in file.parent.iterdir()) == ["config"]


def test_a_second_add_still_remembers_the_first_context(places: Places, home: dict[str, str]) -> None:
    given_config(home)
    given_cluster(places)
    kubeconfig.add("tutoriallab", places, home)
    assert kubeconfig.add("tutoriallab", places, home).before == "work"
    assert kubeconfig.remove("tutoriallab", places, home).now == "work"


def test_a_user_who_switched_keeps_the_context_switched_to(places: Places, home: dict[str, str]) -> None:
    file = given_config(home, with_entry(WORK, Entry("home", {}, {})))
    given_cluster(places)
    kubeconfig.add("tutoriallab", places, home)
    file.write_text(with_current(file.read_text(), "home"))
    assert kubeconfig.remove("tutoriallab", places, home) == kubeconfig.Removed(file, False, "home")


def test_a_context_that_is_gone_is_not_put_back(places: Places, home: dict[str, str]) -> None:
    file = given_config(home)
    given_cluster(places)
    kubeconfig.add("tutoriallab", places, home)
    file.write_text(with_current(with_entry("", Entry("tutoriallab", {}, {})), "tutoriallab"))
    assert kubeconfig.remove("tutoriallab", places, home).now == ""


def test_where_there_was_no_file_there_is_none_afterwards(places: Places, home: dict[str, str]) -> None:
    given_cluster(places)
    Path(home["HOME"]).mkdir()
    assert kubeconfig.add("tutoriallab", places, home).before == ""
    assert config(home).stat().st_mode & 0o777 == 0o600
    kubeconfig.add("tutoriallab", places, home)
    kubeconfig.remove("tutoriallab", places, home)
    assert list(Path(home["HOME"]).iterdir()) == []


def test_removing_what_was_never_added_leaves_no_trace(places: Places, home: dict[str, str]) -> None:
    Path(home["HOME"]).mkdir()
    kubeconfig.remove("tutoriallab", places, home)
    assert list(Path(home["HOME"]).iterdir()) == []


def test_two_clusters_removed_in_any_order_end_where_it_began(places: Places, home: dict[str, str]) -> None:
    given_config(home)
    given_cluster(places)
    given_cluster(places, "b")
    kubeconfig.add("tutoriallab", places, home)
    assert kubeconfig.add("b", places, home).before == "tutoriallab"
    assert kubeconfig.remove("tutoriallab", places, home).now == "tutoriallab-b"
    assert kubeconfig.remove("b", places, home).now == "work"
    assert config(home).read_text() == WORK


@pytest.mark.parametrize("first", ["one", "two"])
def test_two_clusters_that_were_begun_in_turns_leave_no_context_behind(
    places: Places, home: dict[str, str], first: str
) -> None:
    for name in ("one", "two"):
        given_cluster(places, name)
    for name in ("one", "two", "one"):
        kubeconfig.add(name, places, home)

    kubeconfig.remove(first, places, home)
    assert kubeconfig.remove("two" if first == "one" else "one", places, home).now == ""
    assert not config(home).exists()


def test_the_first_file_of_a_list_is_changed_and_the_others_are_read(places: Places, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    second.write_text(WORK)
    environment = {"KUBECONFIG": f"{first}{os.pathsep}{second}"}
    given_cluster(places)
    assert kubeconfig.add("tutoriallab", places, environment).before == "work"
    assert second.read_text() == WORK
    assert kubeconfig.remove("tutoriallab", places, environment).now == "work"
    assert not first.exists()


def test_a_link_stays_a_link(places: Places, home: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "real").write_text(WORK)
    config(home).parent.mkdir(parents=True)
    config(home).symlink_to(tmp_path / "real")
    given_cluster(places)
    kubeconfig.add("tutoriallab", places, home)
    assert config(home).is_symlink()
    assert current(parse((tmp_path / "real").read_text())) == "tutoriallab"


def test_a_write_that_was_interrupted_is_written_over(places: Places, home: dict[str, str]) -> None:
    file = given_config(home)
    (file.parent / ".config.tutoriallab").write_text("half a fi")
    (file.parent / "config.lock").write_text("999999999")
    given_cluster(places)
    kubeconfig.add("tutoriallab", places, home)
    kubeconfig.remove("tutoriallab", places, home)
    assert [one.name for one in file.parent.iterdir()] == ["config"]


def test_another_programs_lock_is_respected(
    places: Places, home: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = given_config(home)
    (file.parent / "config.lock").touch()
    given_cluster(places)
    monkeypatch.setattr(kubeconfig, "_LOCK_PATIENCE", 0.1)
    with pytest.raises(ClusterError, match="remove that file if none runs"):
        kubeconfig.add("tutoriallab", places, home)
    assert file.read_text() == WORK


def test_a_broken_kubeconfig_is_left_alone(places: Places, home: dict[str, str]) -> None:
    file = given_config(home, "clusters: [")
    given_cluster(places)
    with pytest.raises(ClusterError, match="repair it or set KUBECONFIG"):
        kubeconfig.add("tutoriallab", places, home)
    assert file.read_text() == "clusters: ["


def test_kubectl_itself_sees_the_context_and_may_change_the_file(
    places: Places, home: dict[str, str]
) -> None:
    kubectl = find("kubectl", Places.from_environment(os.environ)).found
    if kubectl is None:
        fail_in_ci_else_skip("no kubectl yet: `tutoriallab up` and `make test` get one")
    file = given_config(home)
    given_cluster(places)
    kubeconfig.add("tutoriallab", places, home)

    def run(*arguments: str) -> str:
        command = [str(kubectl.path), "--kubeconfig", str(file), "config", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    assert run("current-context") == "tutoriallab"
    run("set-context", "tutoriallab", "--namespace", "lab")
    kubeconfig.add("tutoriallab", places, home)
    assert run("view", "--minify", "-o", "jsonpath={.contexts[0].context.namespace}") == "lab"
    kubeconfig.remove("tutoriallab", places, home)
    assert run("get-contexts", "-o", "name") == "work"
    assert names(parse(file.read_text()), "users") == ["work"]
