"""What is decided without a cluster; a real one: tests/kind/test_in_cluster.py."""

from pathlib import Path

from tutoriallab.cluster.in_cluster import Present, digest


def chart(folder: Path, values: str = "replicas: 2\n") -> Path:
    (folder / "chart" / "templates").mkdir(parents=True, exist_ok=True)
    (folder / "chart" / "values.yaml").write_text(values)
    (folder / "chart" / "templates" / "a.yaml").write_text("a")
    return folder / "chart"


def test_a_release_is_made_anew_when_a_value_or_the_chart_is_another(tmp_path: Path) -> None:
    first = digest({"a": 1, "b": 2}, chart(tmp_path))
    assert digest({"b": 2, "a": 1}, chart(tmp_path)) == first
    assert digest({"a": 1, "b": 3}, chart(tmp_path)) != first
    assert digest({"a": 1, "b": 2}, chart(tmp_path, "replicas: 3\n")) != first
    # As the value of a label.
    assert len(first) <= 63


def test_whoever_installed_an_operator_is_told_how_to_take_it_away() -> None:
    assert (
        Present("mine", False, "2 of 2 ready").way_out == "helm uninstall mine --namespace tutoriallab-system"
    )
    assert Present("", False, "").way_out == (
        "kubectl delete deployment tutoriallab-operator --namespace tutoriallab-system"
    )
