import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutoriallab.grade.cel import lists, regexes


@pytest.mark.parametrize(
    ("pattern", "size"),
    [
        ("", 0),
        ("abc", 3),
        ("a{10}", 11),
        ("(ab){1,3}", 7),
        ("((a{1,10}){1,10})", 111),
        ("a|b", 3),
        (r"\pL", 101),
        ("[a-z]+", 2),
    ],
)
def test_the_size_grows_with_counted_repeats(pattern: str, size: int) -> None:
    assert regexes.cost(pattern).size == size


@pytest.mark.parametrize(
    "pattern", ["[0-9]+", "rev-[0-9]+", "a?b?c", "(a|b|c)x", r"[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}"]
)
def test_plain_patterns_may_be_found(pattern: str) -> None:
    regexes.check_backtracking(pattern)


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+b", "(a|a)*b", "a*a*b", "(a{1,20}){1,20}", "a?" * 20 + "a" * 20, r"(a)\1", "(?=a)b", "(?i)a", "(a|aa)+$", "(.*)(.*)x",
     "(", ")", "[", "a**", "*a", "(a?){30}", "(" * 40 + ")" * 40],
)  # fmt: skip
def test_patterns_that_could_backtrack_or_are_broken_may_not(pattern: str) -> None:
    with pytest.raises(regexes.UnsafePattern):
        regexes.check_backtracking(pattern)


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet="ab.*+?(){}|[]^$\\,123-d", max_size=25),
    st.sampled_from(["a" * 1_000, "ab" * 500, "a1b." * 250]),
)
def test_whatever_is_let_through_is_found_in_little_time(pattern: str, text: str) -> None:
    try:
        regexes.check_backtracking(pattern)
    except regexes.UnsafePattern:
        return
    re.compile(pattern)
    start = time.thread_time()
    lists.find_all(text, pattern)
    assert time.thread_time() - start < 0.2
