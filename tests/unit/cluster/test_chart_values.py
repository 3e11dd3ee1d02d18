from dataclasses import fields

import pytest

from tutoriallab.cluster.chart_values import OF_PROCESS, VALUES, chart_values
from tutoriallab.cluster.operator_image import OperatorImage
from tutoriallab.settings import PREFIX, InvalidSetting, Settings

IMAGE = OperatorImage("here/operator", tag="1")
NAMED = {"repository": "here/operator", "tag": "1", "digest": "", "pullPolicy": "IfNotPresent"}


def test_what_nobody_said_is_left_to_the_chart() -> None:
    assert chart_values({"PATH": "/bin"}, [], IMAGE) == {"image": NAMED}


def test_settings_with_a_value_of_their_own_are_that_value_and_others_are_variables() -> None:
    said = {
        "TUTORIALLAB_CAPABILITIES": "DynamicVolumes,Containers",
        "TUTORIALLAB_ALLOW_OUTSIDE": "true",
        "TUTORIALLAB_LEASE_IDLE": "5",
        "TUTORIALLAB_SETTLE_TIMEOUT": "30",
        "TUTORIALLAB_CACHE": "/elsewhere",
    }
    assert chart_values(said, [], IMAGE) == {
        "capabilities": ["Containers", "DynamicVolumes"],
        "allowOutside": True,
        "leaseIdle": 5.0,
        "env": [{"name": "TUTORIALLAB_SETTLE_TIMEOUT", "value": "30"}],
        "image": NAMED,
    }


def test_extra_kinds_get_the_resource_that_the_cluster_serves() -> None:
    said = {"TUTORIALLAB_EXTRA_KINDS": "example.com/v1/Widget,apps/v1/Thing"}
    reads = [{"resources": ["things"]}, {"resources": ["widgets"]}]
    assert chart_values(said, reads, IMAGE)["extraKinds"] == [
        {"apiVersion": "apps/v1", "kind": "Thing", "resource": "things"},
        {"apiVersion": "example.com/v1", "kind": "Widget", "resource": "widgets"},
    ]
    assert chart_values({"TUTORIALLAB_EXTRA_KINDS": ""}, [], IMAGE)["extraKinds"] == []


def test_another_image_of_the_same_name_lets_the_pods_start_anew() -> None:
    loaded = OperatorImage("here/operator", tag="1", pull="Never", identity="sha256:1")
    values = chart_values({}, [], loaded)
    assert values["podAnnotations"] == {"tutoriallab.dev/image": "sha256:1"}
    assert values["image"]["pullPolicy"] == "Never"


def test_a_process_files_and_lease_are_not_the_pods() -> None:
    said = {PREFIX + name.upper(): "x" for name in OF_PROCESS - {"page"}}
    assert chart_values(said, [], IMAGE) == {"image": NAMED}
    assert OF_PROCESS | set(VALUES) <= {one.name for one in fields(Settings)}


def test_a_page_that_is_wanted_is_one_of_its_own_at_the_charts_address() -> None:
    said = {"TUTORIALLAB_PAGE": "127.0.0.1:8000", "TUTORIALLAB_PAGE_HOSTS": "b.example,a.example"}
    assert chart_values(said, [], IMAGE)["page"] == {"enabled": True, "hosts": ["a.example", "b.example"]}
    assert "page" not in chart_values({"TUTORIALLAB_PAGE": ""}, [], IMAGE)


def test_a_setting_that_cannot_be_read_is_named() -> None:
    with pytest.raises(InvalidSetting, match="TUTORIALLAB_LEASE_IDLE is 'soon'"):
        chart_values({"TUTORIALLAB_LEASE_IDLE": "soon"}, [], IMAGE)
