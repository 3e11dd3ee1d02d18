import pytest

from builders import Json, check, spec, step
from tutoriallab.lab.parse import parse_spec
from tutoriallab.lab.support import not_yet, unmet_requirement


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        (
            spec(step("a", check(given={"page": {"kind": "Http", "service": "web", "port": 80}}))),
            "spec.steps[0].checks[0].given.page.kind",
        ),
    ],
)
def test_what_a_later_version_brings_is_told_with_its_path(changes: Json, path: str) -> None:
    (problem,) = not_yet(parse_spec(changes))
    assert problem.path == path
    assert "later version" in problem.message


def test_a_plain_lab_needs_nothing_that_is_not_there() -> None:
    assert list(not_yet(parse_spec(spec()))) == []


def test_a_capability_that_the_cluster_lacks_blocks_the_lab_and_names_the_way_out() -> None:
    needy = parse_spec(spec(requires={"capabilities": ["Containers", "NodePower"]}))
    unmet = unmet_requirement(needy, {"NodePower"}, allow_privileged=False)
    assert unmet is not None
    assert unmet.reason == "CapabilityMissing"
    assert "needs Containers," in unmet.message
    assert "kind" in unmet.message
    assert unmet_requirement(needy, {"NodePower", "Containers"}, allow_privileged=False) is None


def test_privileged_pods_block_the_lab_where_they_are_not_allowed() -> None:
    privileged = parse_spec(spec(requires={"podSecurity": "privileged"}))
    unmet = unmet_requirement(privileged, set(), allow_privileged=False)
    assert unmet is not None
    assert unmet.reason == "PrivilegedNotAllowed"
    assert unmet_requirement(privileged, set(), allow_privileged=True) is None


def test_objects_outside_the_workspace_block_the_lab_where_they_are_not_allowed() -> None:
    outside = parse_spec(spec(outside=[{"apiVersion": "v1", "kind": "Namespace", "name": "dev"}]))
    unmet = unmet_requirement(outside, set(), allow_privileged=False)
    assert unmet is not None
    assert unmet.reason == "OutsideNotAllowed"
    assert "TUTORIALLAB_ALLOW_OUTSIDE=true" in unmet.message
    assert unmet_requirement(outside, set(), allow_privileged=False, allow_outside=True) is None
