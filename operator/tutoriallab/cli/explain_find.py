"""Which checks are meant by CHECK, STEP/CHECK or nothing. Pure; called by `explain`."""

from collections.abc import Sequence
from difflib import get_close_matches

from tutoriallab.cli.error import CliError
from tutoriallab.lab.model import Spec

Place = tuple[int, int]
"""A step and a check of it, by number from 0."""


def find_checks(spec: Spec, wanted: str, open_step: int | None) -> list[Place]:
    """The checks that are meant: those of the open step come first. Raises CliError that says which there are."""
    if not wanted:
        if open_step is None:
            raise CliError(f"No step is open: say which check, one of {_listed(_all(spec), spec)}.")
        return [place for place in _all(spec) if place[0] == open_step]
    step, _, check = wanted.rpartition("/")
    found = [
        place
        for place in _all(spec)
        if _check(spec, place) == check and step in ("", spec.steps[place[0]].name)
    ]
    of_open = [place for place in found if place[0] == open_step]
    if len(of_open or found) == 1:
        return of_open or found
    if found:
        raise CliError(f"Several checks are called {check}: say which, one of {_listed(found, spec)}.")
    raise CliError(f"There is no check {wanted}{_near(spec, wanted, open_step)}")


def _near(spec: Spec, wanted: str, open_step: int | None) -> str:
    places = _all(spec)
    known = {_name(spec, place): place for place in places}
    known |= {_check(spec, place): place for place in places}
    near = list(dict.fromkeys(_name(spec, known[one]) for one in get_close_matches(wanted, known, n=3)))
    if near:
        return f": did you mean {' or '.join(near)}?"
    of_open = [place for place in places if place[0] == open_step]
    return f": say one of {_listed(of_open or places, spec)}."


def _all(spec: Spec) -> list[Place]:
    return [(s, c) for s, step in enumerate(spec.steps) for c, _ in enumerate(step.checks)]


def _check(spec: Spec, place: Place) -> str:
    return spec.steps[place[0]].checks[place[1]].name


def _name(spec: Spec, place: Place) -> str:
    return f"{spec.steps[place[0]].name}/{_check(spec, place)}"


def _listed(places: Sequence[Place], spec: Spec, at_most: int = 12) -> str:
    names = [_name(spec, place) for place in places]
    more = [f"{len(names) - at_most} more"] if len(names) > at_most else []
    return ", ".join([*names[:at_most], *more])
