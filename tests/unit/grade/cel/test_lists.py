from collections.abc import Callable
from typing import Any

import pytest

from tutoriallab.grade.cel import lists


@pytest.mark.parametrize(
    ("function", "items", "result"),
    [
        (lists.sort, ["b", "a"], ["a", "b"]), (lists.sort, [3, 1.5, 2], [1.5, 2, 3]), (lists.sort, [], []),
        (lists.is_sorted, [1, 1, 2], True), (lists.is_sorted, ["b", "a"], False),
        (lists.distinct, ["a", "b", "a"], ["a", "b"]), (lists.flatten, [[1], [], [2, [3]], 4], [1, 2, [3], 4]),
        (lists.total, [1, 2], 3), (lists.total, [], 0), (lists.smallest, [2, 1], 1), (lists.largest, ["a", "b"], "b"),
    ],
)  # fmt: skip
def test_a_list_function_gives_what_its_name_says(
    function: Callable[[Any], Any], items: Any, result: Any
) -> None:
    assert function(items) == result


@pytest.mark.parametrize(
    ("function", "items"),
    [
        (lists.sort, ["a", 1]), (lists.sort, [None]), (lists.sort, [{}]), (lists.distinct, [[]]), (lists.total, ["a"]),
        (lists.smallest, []), (lists.largest, []), (lists.flatten, [[0] * 6_000]), (lists.distinct, [0] * 6_000),
    ],
)  # fmt: skip
def test_a_list_function_refuses_what_it_cannot_compare_or_what_is_too_long(
    function: Callable[[Any], Any], items: Any
) -> None:
    with pytest.raises(ValueError, match=r"list|numbers"):
        function(items)


def test_find_gives_the_first_match_or_an_empty_text() -> None:
    assert lists.find("rev 12 and 7", "[0-9]+") == "12"
    assert lists.find("rev", "[0-9]+") == ""
    assert lists.find_all("rev 12 and 7", "[0-9]+") == ["12", "7"]


def test_find_refuses_long_texts() -> None:
    with pytest.raises(ValueError, match="1000 characters"):
        lists.find("x" * 1_001, "x")
