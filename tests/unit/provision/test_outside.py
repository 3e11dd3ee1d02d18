from typing import Any

import pytest

from tutoriallab.provision.kinds import NAMESPACE, PERSISTENT_VOLUME
from tutoriallab.provision.marks import MANAGED_BY, OUTSIDE_OF
from tutoriallab.provision.outside import is_learners


@pytest.mark.parametrize(
    ("metadata", "learners"),
    [
        ({"name": "dev"}, True),
        ({"name": "dev", "annotations": {OUTSIDE_OF: "mine"}}, True),
        ({"name": "dev", "annotations": {OUTSIDE_OF: "another"}}, False),
        ({"name": "dev", "labels": {MANAGED_BY: "tutoriallab"}}, False),
        ({"name": "dev", "labels": {MANAGED_BY: "Helm"}}, True),
        ({"name": "kube-system"}, False),
        ({"name": "default"}, False),
        ({"name": "tutoriallab-system"}, False),
    ],
)
def test_only_what_the_learner_may_have_made_is_removed(metadata: dict[str, Any], learners: bool) -> None:
    assert is_learners({"metadata": metadata}, NAMESPACE, "mine") is learners


def test_only_namespaces_have_names_that_are_the_clusters() -> None:
    assert is_learners({"metadata": {"name": "default"}}, PERSISTENT_VOLUME, "mine")
