"""Which checks are meant, and what is said when none is."""

import pytest

from builders import check, spec, step
from tutoriallab.cli.error import CliError
from tutoriallab.cli.explain_find import find_checks
from tutoriallab.lab.parse import parse_spec

SPEC = parse_spec(
    spec(
        step("first", check("replicas"), check("image")),
        step("second", check("replicas"), check("service")),
        step("third", check("replicas")),
    )
)


@pytest.mark.parametrize(
    ("wanted", "open_step", "found"),
    [
        ("", 1, [(1, 0), (1, 1)]),
        ("replicas", 1, [(1, 0)]),
        ("third/replicas", 1, [(2, 0)]),
        ("image", 1, [(0, 1)]),
        ("service", None, [(1, 1)]),
    ],
)
def test_what_is_meant(wanted: str, open_step: int | None, found: list[tuple[int, int]]) -> None:
    assert find_checks(SPEC, wanted, open_step) == found


@pytest.mark.parametrize(
    ("wanted", "open_step", "told"),
    [
        ("replicas", None, "one of first/replicas, second/replicas, third/replicas."),
        ("", None, "No step is open: say which check, one of first/replicas, first/image,"),
        ("imag", 1, "did you mean first/image?"),
        ("secnd/service", 1, "did you mean second/service"),
        ("first/service", 1, "There is no check first/service: did you mean second/service"),
        ("zzz", 1, "There is no check zzz: say one of second/replicas, second/service."),
    ],
)
def test_what_is_not_clear_is_asked(wanted: str, open_step: int | None, told: str) -> None:
    with pytest.raises(CliError) as error:
        find_checks(SPEC, wanted, open_step)
    assert told in str(error.value)
