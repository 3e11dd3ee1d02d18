"""The spec of a TutorialLab as frozen, typed objects.

The one source of the contract: the CRD in `crds/` is generated from these types (`lab/crd.py`),
their descriptions are what `kubectl explain lab.spec` prints, and `lab/parse.py` reads labs into them.
Limits stand here once; the API server enforces them at apply and the parser again.
"""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from tutoriallab.lab.given import VARIABLE, Expression, Given, Labels, ObjectName, Variable

NAME = r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"
DURATION = r"^([0-9]+(ms|s|m|h))+$"
#: A plain relative path. No part begins with a dot, so none leads upwards or makes a file that a shell or git obeys.
FILE_PATH = r"^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$"

Name = Annotated[str, Meta(min_length=1, max_length=63, pattern=NAME)]
Duration = Annotated[str, Meta(max_length=20, pattern=DURATION)]
Markdown = Annotated[str, Meta(max_length=20_000)]
Text = Annotated[dict[str, Markdown], Meta(max_length=8)]
Manifest = dict[str, Any]


class _Part(Struct, frozen=True, rename="camel", omit_defaults=True, forbid_unknown_fields=True):
    """What all parts of a lab have in common: immutable, camelCase on the wire, no unknown fields."""


class OutsideRef(_Part, frozen=True, kw_only=True):
    """An object outside the workspace that the learner is asked to make."""

    api_version: Annotated[Literal["v1", "storage.k8s.io/v1"], Meta(description="API version of the kind.")]
    kind: Annotated[
        Literal["Namespace", "PersistentVolume", "StorageClass"], Meta(description="Kind of the object.")
    ]
    name: Annotated[ObjectName, Meta(description="Name of the object; ${workspace} is replaced.")]


class Answer(_Part, frozen=True, kw_only=True):
    """A question to the learner; what they answer stands in spec.answers under the check's name."""

    type: Annotated[
        Literal["text", "choice"], Meta(description="text: free text; choice: one of choices.")
    ] = "text"
    choices: Annotated[
        list[Annotated[str, Meta(max_length=200)]],
        Meta(description="What can be chosen, for type choice.", max_length=20),
    ] = []


class Check(_Part, frozen=True, kw_only=True):
    """One named requirement on live objects."""

    name: Annotated[Name, Meta(description="Name of the check, unique in its step.")]
    says: Annotated[
        Text,
        Meta(
            description="The requirement in the learner's words, by language. Nothing is required that it does not say."
        ),
    ]
    given: Annotated[
        dict[Variable, Given],
        Meta(
            description="The variables of the expressions: live objects of the workspace, unless cluster-scoped.",
            max_length=10,
        ),
    ] = {}
    remember: Annotated[
        dict[Variable, Expression],
        Meta(
            description="CEL evaluated when the step opens and kept in status; read as remembered.NAME.",
            max_length=10,
        ),
    ] = {}
    answer: (
        Annotated[
            Answer,
            Meta(description="This check asks a question; the CEL variable answer is what was answered."),
        ]
        | None
    ) = None
    expect: Annotated[
        list[Expression],
        Meta(
            description="CEL expressions, all must be true; the first that is not is the verdict's reason.",
            min_length=1,
            max_length=20,
        ),
    ]
    because: (
        Annotated[Text, Meta(description="What is wrong, by language; CEL in ${...} shows live values.")]
        | None
    ) = None
    when: Annotated[
        Literal["Now", "Ever", "Throughout"],
        Meta(
            description="Now: true now. Ever: was true at some moment since the step opened. "
            "Throughout: from when it is first true until the step's other checks pass; false once is a "
            "violation, which stays until the step starts over."
        ),
    ] = "Now"
    holds_for: (
        Annotated[
            Duration,
            Meta(description="How long it must stay true before it counts, for example 10s; for Now."),
        ]
        | None
    ) = None
    grace: (
        Annotated[
            Duration,
            Meta(
                description="Throughout: how long false may last before it counts, 500ms when left out. Only where "
                "several kinds are selected, as their changes arrive apart; of one kind every change counts at once."
            ),
        ]
        | None
    ) = None


class Settle(_Part, frozen=True, kw_only=True):
    """When the starting state of a step is there; the step opens then, or after 60 s."""

    given: Annotated[dict[Variable, Given], Meta(description="As in a check.", max_length=10)] = {}
    expect: Annotated[
        list[Expression], Meta(description="CEL expressions, all must be true.", min_length=1, max_length=10)
    ]


class Step(_Part, frozen=True, kw_only=True):
    """One task with its checks; steps open one after another."""

    name: Annotated[Name, Meta(description="Name of the step, unique in the lab.")]
    title: Annotated[Text, Meta(description="Title by language.")]
    task: Annotated[
        Text,
        Meta(
            description="The task by language, in Markdown; ${workspace} and aliases such as ${node1} are replaced."
        ),
    ]
    hints: Annotated[
        list[Text], Meta(description="Hints by language, from vague to plain.", max_length=10)
    ] = []
    points: Annotated[int, Meta(description="Points for passing the step.", ge=0, le=1_000)] = 10
    provision: Annotated[
        list[Manifest],
        Meta(description="Manifests applied to the workspace when the step opens.", max_length=100),
    ] = []
    settle: (
        Annotated[
            Settle,
            Meta(
                description="When the step's starting state is there; when left out, once all provisioned workloads "
                "are available. After 60 s the step opens anyway."
            ),
        ]
        | None
    ) = None
    checks: Annotated[
        list[Check],
        Meta(
            description="What is graded; the step passes when all pass at one moment.",
            min_length=1,
            max_length=20,
        ),
    ]


class Source(_Part, frozen=True, kw_only=True):
    """The passage of a tutorial that a lab comes from."""

    document: Annotated[str, Meta(description="The tutorial.", max_length=200)]
    section: Annotated[str, Meta(description="The section in it.", max_length=200)] = ""


class Requires(_Part, frozen=True, kw_only=True):
    """What a cluster must offer; the lab is Blocked where it does not."""

    capabilities: Annotated[
        list[Literal["Containers", "NodePower", "ImageLoad", "DynamicVolumes"]],
        Meta(description="Capabilities of the cluster that the lab needs.", max_length=4),
    ] = []
    pod_security: Annotated[
        Literal["baseline", "privileged"],
        Meta(
            description="Pod Security level of the workspace; privileged only where the operator allows it."
        ),
    ] = "baseline"


class Taint(_Part, frozen=True, kw_only=True):
    """A node taint."""

    key: Annotated[str, Meta(description="Taint key.", min_length=1, max_length=317)]
    value: Annotated[str, Meta(description="Taint value.", max_length=63)] = ""
    effect: Annotated[
        Literal["NoSchedule", "PreferNoSchedule", "NoExecute"], Meta(description="What it does to pods.")
    ]


class NodeRequest(_Part, frozen=True, kw_only=True):
    """A worker node that the lab leases and changes; it is put back afterwards."""

    name: Annotated[
        str,
        Meta(description="Alias in texts (${node1}) and CEL (nodes.node1).", pattern=VARIABLE, max_length=40),
    ]
    labels: Annotated[Labels, Meta(description="Labels the node gets.")] = {}
    taints: Annotated[list[Taint], Meta(description="Taints the node gets.", max_length=10)] = []


class File(_Part, frozen=True, kw_only=True):
    """A file that `kubectl lab files` writes for the learner."""

    path: Annotated[
        str,
        Meta(
            description="Relative path: letters, digits, - _ and ., parts divided by /, none beginning with . or -.",
            min_length=1,
            max_length=255,
            pattern=FILE_PATH,
        ),
    ]
    content: Annotated[
        str,
        Meta(
            description="The file's content; ${workspace} and aliases such as ${node1} are replaced. All files "
            "together have at most 64 KiB.",
            max_length=65_536,
        ),
    ]


class Spec(_Part, frozen=True, kw_only=True):
    """A lab: its texts, what it needs, its starting state and its steps."""

    title: Annotated[
        Text, Meta(description="Title by language: a map from language to Markdown; en is required.")
    ]
    summary: Annotated[Text, Meta(description="What is learned, by language, in a sentence or two.")] = {}
    source: (
        Annotated[Source, Meta(description="The passage of a tutorial that the lab comes from.")] | None
    ) = None
    difficulty: Annotated[
        Literal["beginner", "intermediate", "advanced"], Meta(description="For whom the lab is.")
    ] = "beginner"
    minutes: Annotated[int, Meta(description="How many minutes it takes.", ge=1, le=600)] = 10
    after: Annotated[
        list[Name],
        Meta(description="Labs that are better done before; advised, never enforced.", max_length=20),
    ] = []
    debrief: Annotated[
        Text, Meta(description="Shown when the lab is done: what happened and why, with commands to see it.")
    ] = {}
    language: Annotated[
        Literal["en", "zh"], Meta(description="Language of the operator's own sentences.")
    ] = "en"
    requires: Annotated[Requires, Meta(description="What the cluster must offer.")] = Requires()
    nodes: Annotated[
        list[NodeRequest],
        Meta(
            description="Worker nodes that the lab changes or pins to: leased, and put back afterwards.",
            max_length=10,
        ),
    ] = []
    outside: Annotated[
        list[OutsideRef],
        Meta(
            description="Objects outside the workspace that the learner is asked to make: absent at the start, "
            "removed at the end. The operator must allow it.",
            max_length=10,
        ),
    ] = []
    files: Annotated[
        list[File], Meta(description="Files that `kubectl lab files` writes for the learner.", max_length=20)
    ] = []
    provision: Annotated[
        list[Manifest],
        Meta(
            description="The starting state: manifests without namespaces; they go to the workspace.",
            max_length=100,
        ),
    ] = []
    steps: Annotated[
        list[Step], Meta(description="The tasks, which open one after another.", min_length=1, max_length=30)
    ]
    answers: Annotated[
        dict[str, Annotated[str, Meta(max_length=1_000)]],
        Meta(description="The learner's answers to questions: check name to answer.", max_length=100),
    ] = {}
