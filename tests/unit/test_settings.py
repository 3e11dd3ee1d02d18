import re
from dataclasses import fields

import pytest

from tutoriallab.settings import InvalidSetting, Settings


def test_nothing_set_gives_the_defaults() -> None:
    assert Settings.from_environment({"PATH": "/bin"}) == Settings()


def test_settings_are_read_from_the_environment() -> None:
    found = Settings.from_environment(
        {
            "TUTORIALLAB_CAPABILITIES": "Containers, NodePower",
            "TUTORIALLAB_ALLOW_PRIVILEGED": "true",
            "TUTORIALLAB_SETTLE_TIMEOUT": "5.5",
            "TUTORIALLAB_WRITING_AT_ONCE": "3",
            "TUTORIALLAB_EXTRA_KINDS": "example.com/v1/Widget, v1/Gadget,",
        }
    )
    assert found.extra_kinds == {("example.com/v1", "Widget"), ("v1", "Gadget")}
    assert found.capabilities == {"Containers", "NodePower"}
    assert found.allow_privileged
    assert (found.settle_timeout, found.writing_at_once) == (5.5, 3)


@pytest.mark.parametrize(
    ("name", "text", "takes"),
    [
        ("CAPABILITIES", "Wings", "Containers, DynamicVolumes"),
        ("ALLOW_PRIVILEGED", "perhaps", "true or false"),
        ("SETTLE_TIMEOUT", "long", "a number"),
        ("WRITING_AT_ONCE", "2.5", "a whole number"),
    ],
)
def test_a_setting_that_cannot_be_read_says_what_it_takes(name: str, text: str, takes: str) -> None:
    with pytest.raises(InvalidSetting, match=f"TUTORIALLAB_{name} is .*: set it to .*{takes}"):
        Settings.from_environment({f"TUTORIALLAB_{name}": text})


@pytest.mark.parametrize(
    "entry",
    [
        "Widget",
        "example.com/Widget",
        "example.com/v1/widgets",
        "*/v1/Widget",
        "a/b/v1/Widget",
        "v1/*",
        "/v1/Pod",
    ],
)
def test_what_is_no_kind_is_named_with_the_way_to_write_one(entry: str) -> None:
    told = f"TUTORIALLAB_EXTRA_KINDS is 'example.com/v1/Good, {entry}': write '{entry}' as group/version/Kind"
    with pytest.raises(InvalidSetting, match=re.escape(told)):
        Settings.from_environment({"TUTORIALLAB_EXTRA_KINDS": f"example.com/v1/Good, {entry}"})


def test_every_setting_is_documented() -> None:
    assert [one.name for one in fields(Settings) if not one.metadata.get("doc")] == []


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("PROBES_AT_ONCE", "0", "set it to a whole number that is at least 1"),
        ("PREPARING_AT_ONCE", "-3", "set it to a whole number that is at least 1"),
        ("PROBE_FIRST", "-0.5", "set it to a number that is at least 0"),
        ("PROBE_MOST", "nan", "set it to a number that is at least 0"),
        ("PROBE_TIMEOUT", "inf", "set it to a number that is at least 0"),
    ],
)
def test_numbers_with_which_nothing_would_go_on_are_refused(name: str, text: str, told: str) -> None:
    with pytest.raises(InvalidSetting, match=told):
        Settings.from_environment({f"TUTORIALLAB_{name}": text})
