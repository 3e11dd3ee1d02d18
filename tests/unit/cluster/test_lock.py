import subprocess
import sys
from pathlib import Path

import pytest

from recorder import Recorder
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.lock import held

HOLD = "import fcntl, sys, time; f = open(sys.argv[1], 'w'); fcntl.flock(f, 2); print(1, flush=True); time.sleep(60)"


def test_a_lock_is_waited_for_and_freed_by_its_holders_death(tmp_path: Path, recorder: Recorder) -> None:
    file = tmp_path / "lock"
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(file)], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    with holder, holder.stdout:
        holder.stdout.readline()
        with (
            pytest.raises(ClusterError, match="end it and run this again"),
            held(file, recorder, timeout=0.2),
        ):
            pass
        assert recorder.steps[0][0] == "Waiting for another tutoriallab on this machine: 0 s"
        holder.kill()
        with held(file, recorder, timeout=10):
            pass
