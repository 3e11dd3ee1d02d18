import pytest

from builders import Json, check, spec, step
from tutoriallab.lab.parse import parse_spec
from tutoriallab.lab.support import unmet_requirement, unsaid

PAGE: Json = {"page": {"kind": "Http", "service": "web", "port": 80}}
LOG: Json = {"log": {"kind": "Log", "pod": "web"}}


@pytest.mark.parametrize("given", [PAGE, LOG], ids=["Http", "Log"])
def test_a_lab_that_asks_containers_needs_them_whatever_it_says(given: Json) -> None:
    asking = parse_spec(spec(step("a", check("seen", given=given))))
    unmet = unmet_requirement(asking, {"NodePower"}, allow_privileged=False)
    assert unmet is not None
    assert unmet.reason == "CapabilityMissing"
    assert str(unmet.message).startswith(
        "The lab needs Containers, which this cluster does not offer: run it on"
    )
    assert unmet_requirement(asking, {"Containers"}, allow_privileged=False) is None


def test_an_author_is_told_what_the_lab_needs_and_does_not_say() -> None:
    steps = step("a", check("other")), step("b", check("there"), check("seen", given=LOG))
    (problem,) = unsaid(parse_spec(spec(*steps)))
    assert str(problem) == (
        "spec.requires.capabilities: add Containers: spec.steps[1].checks[1].given.log asks a container, "
        "and simulated nodes run none"
    )
    assert list(unsaid(parse_spec(spec(*steps, requires={"capabilities": ["Containers"]})))) == []


def test_a_plain_lab_needs_nothing() -> None:
    plain = parse_spec(spec())
    assert list(unsaid(plain)) == []
    assert unmet_requirement(plain, set(), allow_privileged=False) is None


def test_a_capability_that_the_cluster_lacks_blocks_the_lab_and_names_the_way_out() -> None:
    needy = parse_spec(spec(requires={"capabilities": ["Containers", "NodePower"]}))
    unmet = unmet_requirement(needy, {"NodePower"}, allow_privileged=False)
    assert unmet is not None
    assert unmet.reason == "CapabilityMissing"
    assert "needs Containers," in str(unmet.message)
    assert "kind" in str(unmet.message)
    assert unmet_requirement(needy, {"NodePower", "Containers"}, allow_privileged=False) is None


@pytest.mark.parametrize(
    ("lacking", "way"),
    [
        ("NodePower", "a cluster that `tutoriallab up` has made on your own machine"),
        ("ImageLoad", "a kind cluster that `tutoriallab up` has made on your own machine"),
        ("DynamicVolumes", "a cluster with real nodes, such as kind"),
    ],
)
def test_the_way_out_leads_to_a_cluster_that_offers_what_is_lacking(lacking: str, way: str) -> None:
    needy = parse_spec(spec(requires={"capabilities": ["Containers", lacking]}))
    unmet = unmet_requirement(needy, {"Containers"}, allow_privileged=False)
    assert unmet is not None
    assert str(unmet.message).endswith(f"{lacking}, which this cluster does not offer: run it on {way}")


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
    assert "TUTORIALLAB_ALLOW_OUTSIDE=true" in str(unmet.message)
    assert unmet_requirement(outside, set(), allow_privileged=False, allow_outside=True) is None
