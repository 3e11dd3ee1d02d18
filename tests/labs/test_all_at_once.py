"""The whole catalogue in one command: each lab is Active, or Blocked with its reason; deleted, nothing is left."""

import time

import pytest

from builders import Json
from node_labs import nodes_now, until_nodes_are, until_nothing_is_leased
from operator_process import eventually
from proving import SHOWN, Record
from tutoriallab.cli.catalogue import entries
from tutoriallab.data import labs_dir
from world import World

pytestmark = pytest.mark.integration
#: Namespace of all these labs.
HOME = "whole-catalogue"
#: Why a lab of the catalogue may be Blocked on this cluster: no containers, and others have the nodes or the names.
REASONS = {"CapabilityMissing", "NodesTaken", "OutsideClaimed"}
#: Seconds; a busy machine takes longer than the thirty that a quiet one may.
PATIENCE = 180.0


def reason(lab: Json) -> str:
    """Why a lab is Blocked, by the condition that says so; empty while it says nothing."""
    conditions = lab.get("status", {}).get("conditions", [])
    return next(
        (one["reason"] for one in conditions if one["status"] == "False" and one["type"] != "Completed"), ""
    )


def test_all_labs_at_once(world: World, record_property: Record) -> None:
    before, spaces = nodes_now(world), set(world.names("namespace"))
    world.kubectl("create", "namespace", HOME)
    began = time.monotonic()
    world.kubectl("apply", "--server-side", "-R", "-n", HOME, "-f", str(labs_dir()))

    def undecided() -> list[str]:
        return [
            f"{lab['metadata']['name']}: {lab.get('status', {}).get('phase')} {reason(lab)}"
            for lab in world.all("labs", HOME)
            if lab.get("status", {}).get("phase") != "Active" and reason(lab) not in REASONS
        ]

    eventually(lambda: not undecided(), "all labs are Active or Blocked", undecided, PATIENCE)
    decided = time.monotonic() - began
    phases = {lab["metadata"]["name"]: lab["status"]["phase"] for lab in world.all("labs", HOME)}
    assert set(phases) == {entry.name for entry in entries()}
    active = sum(phase == "Active" for phase in phases.values())
    assert active >= sum(not entry.body()["spec"].get("requires") for entry in entries()) // 2

    began = time.monotonic()
    world.kubectl("delete", "labs", "--all", "-n", HOME, f"--timeout={PATIENCE:.0f}s")
    world.kubectl("delete", "namespace", HOME, f"--timeout={PATIENCE:.0f}s")
    gone = time.monotonic() - began
    assert set(world.names("namespace")) == spaces
    until_nodes_are(world, before)
    until_nothing_is_leased(world)
    record_property(
        SHOWN,
        f"{len(phases)} labs, {active} of them Active: decided after {decided:.1f} s, gone after {gone:.1f} s.\n",
    )
