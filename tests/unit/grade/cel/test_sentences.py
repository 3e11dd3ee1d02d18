import datetime
from typing import Any

import pytest

from tutoriallab.grade.cel.sentences import MAX_SHOWN, Explanation, render, show
from tutoriallab.words.kinds import plural


@pytest.mark.parametrize(
    ("value", "beside", "shown"),
    [
        ("Running", "x", "Running"), ("", "x", '""'), ("two words", "x", '"two words"'), ("3", "4", "3"), ("3", 4, '"3"'),
        ("true", True, '"true"'), (3, "x", "3"), (True, "x", "true"), (None, "x", "null"), (1.5, 1, "1.5"),
        (["a", 1], "x", "[a, 1]"), ([], "x", "[]"), ({"a": 1}, "x", '{"a": 1}'), ([{"a": 1}], "x", '[{"a": 1}]'),
        (datetime.datetime(2024, 1, 2, tzinfo=datetime.UTC), "x", "2024-01-02T00:00:00Z"),
    ],
)  # fmt: skip
def test_a_value_is_shown_so_that_it_can_be_told_apart(value: Any, beside: Any, shown: str) -> None:
    assert show(value, beside) == shown


@pytest.mark.parametrize("value", ["x" * 500, ["x"] * 500, [{"a": "x" * 500}] * 500])
def test_long_values_are_cut(value: Any) -> None:
    assert len(show(value)) == MAX_SHOWN
    assert show(value).endswith("…")


@pytest.mark.parametrize(
    ("kind", "many"),
    [
        ("Pod", "Pods"),
        ("Ingress", "Ingresses"),
        ("NetworkPolicy", "NetworkPolicies"),
        ("Endpoints", "Endpoints"),
    ],
)
def test_kinds_have_plurals(kind: str, many: str) -> None:
    assert plural(kind) == many


def test_a_language_without_sentences_is_told_in_english() -> None:
    one = Explanation("is", "Pod web", "status.phase", "Pending", "==", "Running")
    told = render(one)
    assert told.told("fr") == str(told) == "Pod web: status.phase is Pending, wanted Running"
