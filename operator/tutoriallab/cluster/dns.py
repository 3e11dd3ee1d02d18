"""Whether the cluster's name service answers a node: a question over TCP, asked from within the node by bash.

Pure; kind.py runs the command and reads the answer. It needs no image and no tool that a node might lack.
"""

import re

_NAME = "kubernetes.default.svc.cluster.local"
#: Asks and prints the answer's first 14 bytes (two of length, twelve of the header) in hexadecimal.
_SCRIPT = 'exec 3<>"/dev/tcp/$0/53" && printf %b "$1" >&3 && head -c 14 <&3 | od -An -v -tx1'


def command(server: str) -> list[str]:
    """What to run on a node; `server` is the name service's address."""
    return ["timeout", "3", "bash", "-c", _SCRIPT, server, "".join(f"\\x{byte:02x}" for byte in _question())]


def answered(output: str) -> bool:
    """Whether what the command printed is an answer with an address in it."""
    words = re.findall(r"\b[0-9a-f]{2}\b", output)
    if len(words) != 14:
        return False
    header = bytes(int(word, 16) for word in words)[2:]
    is_answer, code, answers = header[2] >> 7, header[3] & 0xF, int.from_bytes(header[6:8], "big")
    return bool(is_answer) and code == 0 and answers > 0


def _question() -> bytes:
    labels = b"".join(bytes([len(label)]) + label.encode() for label in _NAME.split("."))
    # Id, recursion wanted, one question; type A, class IN.
    message = b"\x4c\x61\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00" + labels + b"\x00\x00\x01\x00\x01"
    return len(message).to_bytes(2, "big") + message
