"""Settings of the operator, with units; the only place that reads the environment.

`Settings.from_environment` is called once, by `__main__.py`. Every field is `TUTORIALLAB_` and its name in capitals.
"""

import re
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any

#: What a cluster can offer to labs; `spec.requires.capabilities` names them.
CAPABILITIES = frozenset({"Containers", "NodePower", "ImageLoad", "DynamicVolumes"})
PREFIX = "TUTORIALLAB_"
#: The variable of `Settings.extra_kinds`, which messages to authors of labs name.
EXTRA_KINDS = f"{PREFIX}EXTRA_KINDS"
_KIND = re.compile(r"((?:[a-z0-9][-.a-z0-9]*/)?v[0-9][a-z0-9]*)/([A-Z][A-Za-z0-9]*)")


class InvalidSetting(ValueError):
    """An environment variable that cannot be read; the message names it and what it takes."""


def _names(text: str) -> frozenset[str]:
    names = frozenset(_entries(text))
    if names - CAPABILITIES:
        raise ValueError(f"set it to {', '.join(sorted(CAPABILITIES))}")
    return names


def _kinds(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(_kind(entry) for entry in _entries(text))


def _kind(entry: str) -> tuple[str, str]:
    found = _KIND.fullmatch(entry)
    if not found:
        raise ValueError(
            f"write {entry!r} as group/version/Kind, such as gateway.networking.k8s.io/v1/HTTPRoute"
        )
    return found[1], found[2]


def _entries(text: str) -> list[str]:
    return [entry.strip() for entry in text.split(",") if entry.strip()]


@dataclass(frozen=True)
class Settings:
    """How the operator behaves; every field has a default that suits a learner's own cluster."""

    capabilities: frozenset[str] = field(
        default=frozenset(),
        metadata={
            "doc": "Capabilities that this cluster offers to labs, separated by commas.",
            "read": _names,
        },
    )
    allow_privileged: bool = field(
        default=False, metadata={"doc": "Whether labs may ask for the Pod Security level privileged."}
    )
    allow_outside: bool = field(
        default=False,
        metadata={
            "doc": "Whether labs may have objects outside of their workspace made, and remove them with it."
        },
    )
    extra_kinds: frozenset[tuple[str, str]] = field(
        default=frozenset(),
        metadata={
            "doc": "Further kinds that checks may select, as group/version/Kind, separated by commas.",
            "read": _kinds,
        },
    )
    settle_timeout: float = field(
        default=60.0,
        metadata={"doc": "Seconds after which a step opens though its starting state has not settled."},
    )
    stale_patience: float = field(
        default=0.25,
        metadata={
            "doc": "Seconds for which a status that has not caught up leaves the last verdict standing."
        },
    )
    retry_first: float = field(
        default=0.5, metadata={"doc": "Seconds before a failed stage is tried again, at first."}
    )
    retry_most: float = field(
        default=60.0, metadata={"doc": "Seconds between tries at most; each try doubles."}
    )
    lease_idle: float = field(
        default=3600.0,
        metadata={"doc": "Seconds without a change by the learner after which a lab's nodes are given back."},
    )
    preparing_at_once: int = field(
        default=8, metadata={"doc": "How many labs are prepared or removed side by side."}
    )
    writing_at_once: int = field(default=16, metadata={"doc": "How many status writes may be under way."})
    probe_first: float = field(
        default=0.5,
        metadata={
            "doc": "Seconds between two requests for a page or a log that a check waits for, at first."
        },
    )
    probe_most: float = field(
        default=10.0,
        metadata={
            "doc": "Seconds between two such requests at most (each pause doubles), and while all is well."
        },
    )
    probe_timeout: float = field(
        default=5.0, metadata={"doc": "Seconds after which a page or a log counts as not answered."}
    )
    probes_at_once: int = field(
        default=64, metadata={"doc": "How many requests for pages and logs may be under way in all."}
    )
    probes_per_lab: int = field(default=2, metadata={"doc": "How many of them for one lab."})
    leader_lease: str = field(
        default="",
        metadata={
            "doc": "NAMESPACE/NAME of a Lease: of several operators the one that has it works; empty for no choice."
        },
    )
    leader_identity: str = field(
        default="",
        metadata={"doc": "This operator's name in the Lease; its host and process when empty."},
    )
    serve: str = field(
        default="",
        metadata={"doc": "HOST:PORT on which /healthz, /readyz and /metrics are served; empty for none."},
    )
    page: str = field(
        default="",
        metadata={"doc": "HOST:PORT on which the page is served (kubectl lab page); empty for none."},
    )
    page_key_file: str = field(
        default="",
        metadata={
            "doc": "A file for the key with which viewers of the page come in; made where there is none."
        },
    )
    page_kubeconfig: str = field(
        default="",
        metadata={
            "doc": "A kubeconfig with which viewers who came in by the key change labs (answers, hints, "
            "starting over); when empty, they change nothing."
        },
    )
    page_context: str = field(
        default="", metadata={"doc": "The context of that kubeconfig; its current one when empty."}
    )
    page_hosts: frozenset[str] = field(
        default=frozenset(),
        metadata={
            "doc": "Names of the page besides localhost and loopback addresses, separated by commas.",
            "read": lambda text: frozenset(_entries(text)),
        },
    )
    ready_file: str = field(
        default="", metadata={"doc": "A file that is written once the operator watches; empty for none."}
    )
    counters_file: str = field(
        default="", metadata={"doc": "A file that gets the operator's counts on SIGUSR1; empty for none."}
    )
    log_level: str = field(
        default="INFO", metadata={"doc": "Level of the log: DEBUG, INFO, WARNING or ERROR."}
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Settings from TUTORIALLAB_* variables; raises InvalidSetting for one that cannot be read."""
        given: dict[str, Any] = {}
        for one in fields(cls):
            text = environment.get(PREFIX + one.name.upper())
            if text is not None:
                given[one.name] = _read(PREFIX + one.name.upper(), text, one)
        return cls(**given)


def _read(variable: str, text: str, one: Field[Any]) -> Any:
    try:
        match one.default:
            case bool():
                return _truth(text)
            case int():
                return _number(int, text, "a whole number")
            case float():
                return _number(float, text, "a number")
            case frozenset():
                return one.metadata["read"](text)
            case _:
                return text
    except ValueError as fault:
        raise InvalidSetting(f"{variable} is {text!r}: {fault}") from None


def _truth(text: str) -> bool:
    known = {"true": True, "false": False, "1": True, "0": False}
    if text.strip().lower() not in known:
        raise ValueError("set it to true or false")
    return known[text.strip().lower()]


def _number(kind: type[int] | type[float], text: str, what: str) -> float:
    """How many at once, at least one; or seconds."""
    try:
        value = kind(text)
    except ValueError:
        raise ValueError(f"set it to {what}") from None
    least = 1 if kind is int else 0
    if not least <= value < float("inf"):
        raise ValueError(f"set it to {what} that is at least {least}")
    return value
