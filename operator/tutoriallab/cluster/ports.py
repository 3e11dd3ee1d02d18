"""Who holds a port of this machine; called by embedded.py before a cluster starts on ports of its own."""

import os
import random
import socket
from contextlib import suppress
from pathlib import Path

#: Where clusters take their ports.
CHOICE = range(20000, 32000)
NOBODY = "another program"
_LISTENING = "0A"


def choose(count: int, taken: set[int]) -> list[int]:
    """That many free ports, none of `taken`, at random: two clusters that start at once must not both look, find
    the same ports free and bind them a second later. Below the range that Linux gives to outgoing connections.
    """
    found: list[int] = []
    for port in random.sample(CHOICE, len(CHOICE)):
        if len(found) == count:
            break
        if port not in taken and is_free(port):
            found.append(port)
    return found


def is_free(port: int) -> bool:
    """Whether a server could listen on 127.0.0.1:port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def holder(port: int) -> str:
    """The program that listens on a port: `nginx (pid 12)`, or `another program` if Linux will not tell."""
    inodes = {inode for table in ("tcp", "tcp6") for inode in _listening(table, port)}
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if any(_socket_of(link) in inodes for link in (process / "fd").iterdir()):
                return f"{(process / 'comm').read_text().strip()} (pid {process.name})"
    return NOBODY


def _listening(table: str, port: int) -> list[str]:
    rows = [line.split() for line in Path("/proc/net", table).read_text().splitlines()[1:]]
    return [row[9] for row in rows if row[3] == _LISTENING and int(row[1].rsplit(":", 1)[1], 16) == port]


def _socket_of(link: Path) -> str:
    with suppress(OSError):
        return os.readlink(link).removeprefix("socket:[").removesuffix("]")  # noqa: PTH115
    return ""
