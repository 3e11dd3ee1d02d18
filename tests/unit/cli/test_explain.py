"""Which labs are explained."""

import pytest

from builders import Json, step
from pages import seen, status
from tutoriallab.cli.error import CliError
from tutoriallab.cli.explain import accepted


def condition(value: str, message: str = "") -> Json:
    return {
        "type": "Accepted",
        "status": value,
        "reason": "Any",
        "message": message,
        "lastTransitionTime": "",
    }


def test_a_lab_that_the_operator_has_accepted_is_explained() -> None:
    lab = seen(step(), told=status(conditions=[condition("True")]))

    assert accepted(lab) is lab.spec


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({}, "has not accepted lab demo yet"),
        (status(phase="Pending"), "has not accepted lab demo yet"),
        (
            status(phase="Failed", conditions=[condition("False", "spec.steps: bad")]),
            "was refused (spec.steps: bad): correct it first.",
        ),
    ],
)
def test_what_the_operator_would_not_select_is_not_read_with_the_rights_of_whoever_asks(
    told: Json, says: str
) -> None:
    with pytest.raises(CliError) as error:
        accepted(seen(step(), told=told))
    assert says in str(error.value)
