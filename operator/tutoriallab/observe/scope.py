"""What one reflector watches: a kind in the whole cluster, or in one workspace as that workspace's own reader."""

from dataclasses import dataclass

from tutoriallab.observe.selection import Kind, Selection
from tutoriallab.words import phases
from tutoriallab.words.sentence import Text

#: Kinds that the operator must not read in the whole cluster.
PER_WORKSPACE: frozenset[Kind] = frozenset({("v1", "Secret"), ("v1", "ConfigMap")})
#: Who reads those, in the name of the workspace.
READER = "system:serviceaccount:{namespace}:tutoriallab-provisioner"


@dataclass(frozen=True, slots=True)
class Scope:
    """A kind; in one namespace and impersonated, or everywhere when `namespace` is None."""

    api_version: str
    kind: str
    namespace: str | None = None

    @property
    def reader(self) -> str | None:
        """The user for whom the API server is asked; None for ourselves."""
        return None if self.namespace is None else READER.format(namespace=self.namespace)

    def concerns(self, selection: Selection) -> bool:
        """Whether a selection depends on what is watched here."""
        mine = (self.api_version, self.kind) in selection.kinds()
        return mine and self.namespace in (None, selection.namespace)

    @property
    def called(self) -> Text:
        """As messages name it: `Secret (v1) in namespace demo`."""
        what = f"{self.kind} ({self.api_version})"
        return phases.IN_NAMESPACE(what=what, namespace=self.namespace) if self.namespace else what

    def __str__(self) -> str:
        return str(self.called)
