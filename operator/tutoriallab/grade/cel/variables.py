"""What an expression can name: the variables of a check, with their CEL types.

Built by `grade/compile.py` from a check's `given`; every other module of this package reads them.
"""

from dataclasses import dataclass
from typing import Literal

from tutoriallab.lab.given import PROBES
from tutoriallab.words.sentence import Text

VariableType = Literal["object", "list", "text", "number", "map"]


@dataclass(frozen=True, slots=True)
class Variable:
    """One name of an expression and what stands behind it.

    `type` object is one object's JSON or null, list a list of such objects, map a plain map from text.
    `kind` is the Kubernetes kind for messages, empty for plain values. Values of a `secret` variable appear
    in no message. An `optional` object is null when it does not exist.
    """

    name: str
    type: VariableType
    kind: str = ""
    secret: bool = False
    optional: bool = False

    @property
    def asked(self) -> bool:
        """Whether it is a page or a log, which may repeat a Secret's values."""
        return self.kind in PROBES

    @property
    def confidential(self) -> bool:
        """Whether no sentence of ours may repeat its values."""
        return self.secret or self.asked


@dataclass(frozen=True, slots=True)
class Subject:
    """The object that a variable is bound to, by kind, name and namespace, as messages name it.

    `called`: how they name what has no kind and name: a page, a log, objects that are told by what they have.
    """

    kind: str
    name: str
    namespace: str = ""
    called: Text = ""

    @property
    def label(self) -> Text:
        """Kind and name, for example `Deployment web`."""
        return self.called or f"{self.kind} {self.name}"
