"""The machine that was measured on, and what one process takes of it; read from /proc."""

import os
import platform
import sys
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tutoriallab.cluster.pins import ETCD, KUBERNETES

_TICKS = os.sysconf("SC_CLK_TCK")
_PACKAGES = ("aiohttp", "cel-expr-python", "kopf", "msgspec")


def machine() -> dict[str, Any]:
    """CPU, cores, memory, kernel and versions, and how busy the machine is now."""
    return {
        "cpu": _field("/proc/cpuinfo", "model name"),
        "cores": os.cpu_count(),
        "memoryGiB": round(int(_field("/proc/meminfo", "MemTotal").split()[0]) / 2**20, 1),
        "kernel": platform.release(),
        "python": sys.version.split()[0],
        "kubernetes": KUBERNETES,
        "etcd": ETCD,
        "packages": {name: version(name) for name in _PACKAGES},
        "load": load(),
    }


def load() -> float:
    """Load average of the last minute; what others do on the machine is in it."""
    return round(os.getloadavg()[0], 2)


@dataclass(frozen=True)
class Footprint:
    """Memory in MiB and CPU in seconds of one process."""

    resident: float
    peak: float
    cpu: float


def footprint(pid: int) -> Footprint:
    """What a process takes now."""
    status = f"/proc/{pid}/status"
    resident, peak = (int(_field(status, name).split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    words = _stat(pid)
    return Footprint(round(resident, 1), round(peak, 1), (int(words[11]) + int(words[12])) / _TICKS)


def started(pid: int) -> float:
    """When a process was started (time.monotonic)."""
    # The kernel counts from the machine's start, suspension included.
    return time.monotonic() - time.clock_gettime(time.CLOCK_BOOTTIME) + int(_stat(pid)[19]) / _TICKS


def _stat(pid: int) -> list[str]:
    # The name in parentheses may hold spaces: count from its end.
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()


def _field(path: str, name: str) -> str:
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return "unknown"
