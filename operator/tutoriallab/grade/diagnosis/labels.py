"""Labels as sentences tell them."""

from collections.abc import Mapping

#: Labels that controllers add: nobody selects by them.
_HASHES = frozenset({"pod-template-hash", "controller-revision-hash", "pod-template-generation"})


def in_words(labels: Mapping[str, str]) -> str:
    """For example `app=web,tier=front`; a dash for none."""
    return ",".join(f"{key}={value}" for key, value in sorted(labels.items()) if key not in _HASHES) or "-"
