"""At the end of a run of all tests: has every right of the operator been used? A plugin of pytest; see `rights.py`.

Each process that ran tests against a cluster reads that cluster's audit log. Under pytest-xdist these are the workers,
which hand what they saw to the process that runs them; without it there is one, which does both.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import rights

#: Where the tests stand that speak to the tests' own cluster.
WITH_CLUSTER = ("integration", "labs")
_HERE = Path(__file__).parent
_KEY = pytest.StashKey["RightsOfARun"]()


class RightsOfARun:
    """What the tests of one process (and of its workers) have used, and what is to be said about it."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._used: set[rights.Right] = set()
        self._logs = 0
        self._whole = True
        self._asked = False
        self._said: list[str] = []

    @classmethod
    def register(cls, config: pytest.Config) -> None:
        """Called by `conftest.py` when pytest is configured."""
        config.stash[_KEY] = cls(config)
        config.pluginmanager.register(config.stash[_KEY], "rights of a run")

    @classmethod
    def of(cls, config: pytest.Config) -> "RightsOfARun":
        """The one of this process."""
        return config.stash[_KEY]

    def read(self, logs: Iterable[Path]) -> None:
        """Read the audit log of a cluster that is about to be removed; `logs` are its parts."""
        for log in logs:
            with log.open(encoding="utf-8") as lines:
                self._used |= rights.used(rights.rules(), lines)
                self._logs += 1

    # What pytest tells --------------------------------------------------------------------------------------------

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        """Some tests are left out."""
        self._whole = self._whole and not items

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """The tests of this run are known; every worker knows all of them."""
        files = {file for folder in WITH_CLUSTER for file in (_HERE / folder).rglob("test_*.py")}
        chosen = {item.path for item in session.items} & files
        named = any("::" in argument for argument in self._config.args)
        self._asked = bool(chosen)
        self._whole = self._whole and chosen == files and not named

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """All tests have run, and all workers have told."""
        output = getattr(self._config, "workeroutput", None)
        if output is not None:
            # Only what execnet can send.
            told = [tuple(right) for right in self._used]
            output["rights"] = {
                "used": told, "logs": self._logs, "whole": self._whole, "asked": self._asked
            }  # fmt: skip
            return
        if self._asked and not self._config.option.collectonly:
            self._said, holds = self._verdict(session.exitstatus)
            if not holds:
                session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def _verdict(self, ended: int) -> tuple[list[str], bool]:
        """What to say, and whether the run may pass."""
        if ended != pytest.ExitCode.OK:
            return ["Not checked: not all tests passed."], True
        if not self._whole:
            in_ci = bool(os.environ.get("CI"))
            way_out = " CI has to run all of them in one run: pytest tests" if in_ci else ""
            return [f"Not checked: only some of the tests that need a cluster have run.{way_out}"], not in_ci
        if not self._logs:
            return ["No cluster left an audit log: see the fixture `cluster` in tests/conftest.py."], False
        never = rights.unused(rights.rules(), self._used)
        return never or ["Each was used."], not never

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        """A worker of pytest-xdist has ended; one that died has told nothing."""
        told = getattr(node, "workeroutput", {}).get("rights")
        if told is None:
            self._whole = False
            return
        self._used |= {rights.Right(*right) for right in told["used"]}
        self._logs += told["logs"]
        self._whole = self._whole and told["whole"]
        self._asked = self._asked or told["asked"]

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say it."""
        if self._said:
            terminalreporter.section("rights of the operator")
            for line in self._said:
                terminalreporter.write_line(line)
