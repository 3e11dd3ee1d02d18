"""How long an object is tried again; that applying works is shown by tests/integration/test_provision.py."""

import pytest

from tutoriallab.kube.errors import ApiError, Conflict, Forbidden, Invalid
from tutoriallab.provision import apply, reasons

NOT_COUNTED = Forbidden(
    403, "Forbidden", 'pods "a" is forbidden: status unknown for quota: tutoriallab-counts'
)
NO_RIGHT = Forbidden(403, "Forbidden", 'pods "a" is forbidden: User "x" cannot patch resource "pods"')


class Attempts:
    """Fails with these errors, one after another, then succeeds."""

    def __init__(self, *errors: ApiError) -> None:
        self.errors = list(errors)
        self.made = 0

    async def __call__(self) -> None:
        self.made += 1
        if self.errors:
            raise self.errors.pop(0)


async def test_what_a_fresh_workspace_lacks_is_waited_for() -> None:
    attempts = Attempts(NOT_COUNTED, NO_RIGHT, Conflict(409, "Conflict", "changed"))
    assert await apply.patiently(attempts, "Pod a") is None
    assert attempts.made == 4


async def test_what_will_not_change_is_told_at_once() -> None:
    attempts = Attempts(Invalid(422, "Invalid", 'Pod "a" is invalid: spec: Required value'))
    found = await apply.patiently(attempts, "Pod a")
    assert found is not None
    assert (found.reason, str(found.message), attempts.made) == (
        reasons.INVALID,
        "Pod a: spec: Required value",
        1,
    )


async def test_patience_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apply, "PATIENCE", 0.1)
    attempts = Attempts(*[NOT_COUNTED] * 100)
    found = await apply.patiently(attempts, "Pod a")
    assert found is not None
    assert (found.reason, found.transient) == (reasons.WORKSPACE_NOT_READY, True)
    assert 2 <= attempts.made <= 6


async def test_patience_with_a_missing_right_is_shorter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apply, "PATIENCE_FORBIDDEN", 0.05)
    found = await apply.patiently(Attempts(*[NO_RIGHT] * 100), "Pod a")
    assert found is not None
    assert found.reason == reasons.FORBIDDEN
