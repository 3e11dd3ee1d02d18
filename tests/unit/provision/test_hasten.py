from typing import Any

import pytest

from tutoriallab.provision.hasten import lingers

DELETED = "2026-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("metadata", "stays"),
    [
        ({}, True),
        ({"deletionTimestamp": DELETED, "deletionGracePeriodSeconds": 30}, True),
        ({"deletionTimestamp": DELETED, "deletionGracePeriodSeconds": 1}, False),
        ({"deletionTimestamp": DELETED, "deletionGracePeriodSeconds": 0}, False),
        ({"deletionTimestamp": DELETED}, False),
    ],
)
def test_only_what_would_stay_longer_than_it_has_to_is_deleted(metadata: dict[str, Any], stays: bool) -> None:
    assert lingers(metadata) is stays
