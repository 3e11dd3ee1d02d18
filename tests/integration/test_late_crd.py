"""An operator that is there before its CRD, as when both are installed at once in no order."""

import pytest

from builders import check, lab, step
from operator_process import eventually
from samples import deployment, plain
from tutoriallab.data import crds_dir
from world import World

pytestmark = pytest.mark.integration

CRD = "tutoriallabs.tutoriallab.dev"


def test_an_operator_that_was_there_before_its_crd_takes_up_labs(world: World) -> None:
    # With the kind all labs go: first in order, while an operator runs.
    world.kubectl("delete", "labs", "--all", "--all-namespaces", "--timeout=120s")
    world.operator.stop()
    world.kubectl("delete", "crd", CRD, "--timeout=30s")
    try:
        world.operator.launch()
        eventually(
            lambda: "waiting for its CRD" in world.operator.log,
            "it waits",
            lambda: world.operator.log[-2_000:],
        )
    finally:
        world.kubectl("apply", "--server-side", "-f", str(crds_dir() / "tutoriallab.dev_tutoriallabs.yaml"))
        world.kubectl("wait", "--for=condition=Established", f"crd/{CRD}", "--timeout=20s")
    world.apply(plain(lab("late", step("first", check()), provision=[deployment("web")])))
    world.until_phase("late", "Active")
    world.discard("late")
