from pathlib import Path

import pytest

from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.progress import Silent
from tutoriallab.cluster.provider import Wish
from tutoriallab.cluster.up import existing_folder, up, up_existing


def test_a_cluster_that_up_made_does_not_get_a_second_operator_by_its_context(places: Places) -> None:
    places.kwok_cluster("class").mkdir(parents=True)
    with pytest.raises(ClusterError, match="is of cluster class, which `up` made: say --name class instead"):
        up_existing("tutoriallab-class", places, {}, Silent())


def test_what_makes_no_sense_together_is_refused_before_anything_is_done(
    places: Places, tmp_path: Path
) -> None:
    image = Wish(operator_image="a/operator:1")
    with pytest.raises(
        ClusterError, match="--operator-image is for an operator in the cluster: say --in-cluster"
    ):
        up("class", places, {}, Silent(), image)
    with pytest.raises(ClusterError, match="--operator-image is for an operator in the cluster"):
        up_existing("school", places, {}, Silent(), image)
    with pytest.raises(ClusterError, match="--k8s-version is for clusters that `up` makes"):
        up_existing("school", places, {}, Silent(), Wish(version="1.34"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("context", ["kubernetes-admin@kubernetes", "arn:aws:eks:eu:1:cluster/x"])
def test_any_context_has_a_folder_of_its_own(places: Places, context: str) -> None:
    folder = existing_folder(context, places)
    assert folder.parent == places.cache / "contexts"
    assert folder.name == context.replace("@", "_").replace(":", "_").replace("/", "_")
