from pathlib import Path
from typing import Any

import pytest
import yaml
from cel_expr_python import cel  # type: ignore[import-untyped]

from builders import Json, check, spec, step
from tutoriallab.lab.parse import parse_spec
from tutoriallab.lab.policy import render, validating_admission_policy
from tutoriallab.lab.problem import InvalidLab
from wrong_labs import WRONG

ROOT = Path(__file__).resolve().parents[3]


def refusals(lab_spec: Json) -> list[str]:
    """What the policy's own CEL says about a spec, as the API server evaluates it."""
    environment = cel.NewEnv(variables={"object": cel.Type.DYN})
    (policy, _) = validating_admission_policy()

    def value(expression: str) -> Any:
        return environment.compile(expression).eval(data={"object": {"spec": lab_spec}}).value()

    return [
        value(one["messageExpression"])
        for one in policy["spec"]["validations"]
        if value(one["expression"]) is not True
    ]


def test_the_file_in_crds_is_what_the_rules_say() -> None:
    assert (ROOT / "crds" / "tutoriallab.dev_valid-labs.yaml").read_text(encoding="utf-8") == render()


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_once_with_its_path(name: str) -> None:
    wrong, told = WRONG[name]
    (said,) = refusals(wrong)
    assert told in said


@pytest.mark.parametrize("name", WRONG)
def test_the_operator_refuses_the_same_where_the_policy_is_not_installed(name: str) -> None:
    with pytest.raises(InvalidLab):
        parse_spec(WRONG[name][0])


@pytest.mark.parametrize(
    "path", sorted((ROOT / "labs").glob("*/*/lab.yaml")), ids=lambda path: path.parent.name
)
def test_the_catalogue_is_not_refused(path: Path) -> None:
    assert refusals(yaml.safe_load(path.read_text(encoding="utf-8"))["spec"]) == []


def test_the_first_of_several_faults_is_named() -> None:
    wrong = spec(step("a"), step("b", check("c"), check("d", grace="1s"), check("e", grace="1s")))
    (said,) = refusals(wrong)
    assert said == "spec.steps[b].checks[d].grace: goes with when: Throughout: leave it out"


def test_status_writes_are_not_its_business() -> None:
    (policy, binding) = validating_admission_policy()
    (rule,) = policy["spec"]["matchConstraints"]["resourceRules"]
    assert rule["resources"] == ["tutoriallabs"]
    assert binding["spec"]["policyName"] == policy["metadata"]["name"]
