"""Which lab: passed between the engine, the writer and provisioning."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LabKey:
    """One lab: namespace, name, and the UID that tells it from a later one of the same name."""

    namespace: str
    name: str
    uid: str

    def __str__(self) -> str:
        """As logs and the observer name it."""
        return f"{self.namespace}/{self.name}"
