"""A small world for cluster tests: places in a temporary folder."""

from pathlib import Path

import pytest

from recorder import Recorder
from tutoriallab.cluster.places import Places


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Nothing on PATH, nothing cached, no network, no build."""
    return Places(
        cache=tmp_path / "cache",
        search_path="",
        downloads=False,
        builds=False,
        connect_timeout=1.0,
        read_timeout=2.0,
        system="linux",
        architecture="amd64",
    )
