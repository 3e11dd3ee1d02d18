"""What a variable of a check stands for, as the author writes it: live objects, an HTTP request, or a log.

_Part of the spec (`lab/model.py`), which says more of how these types are used.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

VARIABLE = r"^[a-z][A-Za-z0-9_]*$"
#: A name of a Service, Pod or container, perhaps with ${workspace} or an alias in it; never a scheme or a port.
ASKED = r"^([a-z0-9.-]|\$\{[A-Za-z][A-Za-z0-9_]*\})+$"
#: An absolute path as it stands in a URL, with its query; `lab/probes.py` says more of it.
PATH = r"^/[A-Za-z0-9._~!$&'()*+,;=:@/?%-]*$"
#: The kinds of `given` that are no objects: an HTTP request, and a container's log.
PROBES = frozenset({"Http", "Log"})

ObjectName = Annotated[str, Meta(min_length=1, max_length=253)]
AskedName = Annotated[str, Meta(min_length=1, max_length=253, pattern=ASKED)]
Variable = Annotated[str, Meta(max_length=40, pattern=VARIABLE)]
Expression = Annotated[str, Meta(min_length=1, max_length=1_000)]
Labels = Annotated[dict[str, Annotated[str, Meta(max_length=63)]], Meta(max_length=32)]
ApiVersion = Annotated[str, Meta(min_length=1, max_length=120)]
Kind = Annotated[str, Meta(min_length=1, max_length=63)]


class _Part(Struct, frozen=True, rename="camel", omit_defaults=True, forbid_unknown_fields=True):
    """What all parts of a lab have in common: immutable, camelCase on the wire, no unknown fields."""


class ObjectRef(_Part, frozen=True, kw_only=True):
    """One Kubernetes object by its kind and name."""

    api_version: Annotated[
        ApiVersion, Meta(description="API group and version of the object, for example apps/v1.")
    ]
    kind: Annotated[Kind, Meta(description="Kind of the object, for example Deployment.")]
    name: Annotated[
        ObjectName, Meta(description="Name of the object; ${workspace} and node aliases are replaced.")
    ]


class LabelRequirement(_Part, frozen=True, kw_only=True):
    """One requirement of a label selector."""

    key: Annotated[str, Meta(description="Label key.", max_length=317)]
    operator: Annotated[
        Literal["In", "NotIn", "Exists", "DoesNotExist"], Meta(description="How key relates to values.")
    ]
    values: Annotated[
        list[Annotated[str, Meta(max_length=63)]],
        Meta(description="Values for In and NotIn; empty otherwise.", max_length=20),
    ] = []


class LabelSelector(_Part, frozen=True, kw_only=True):
    """A standard label selector: all of its requirements must hold."""

    match_labels: Annotated[
        Labels, Meta(description="Labels that must be present with exactly these values.")
    ] = {}
    match_expressions: Annotated[
        list[LabelRequirement],
        Meta(description="Further requirements, as in a Deployment's selector.", max_length=20),
    ] = []


class Given(_Part, frozen=True, kw_only=True):
    """What one variable of a check's expressions stands for: live objects, an HTTP answer or a log."""

    kind: Annotated[
        Kind,
        Meta(description="Kind of the objects, or Http for an HTTP request, or Log for a container's log."),
    ]
    api_version: (
        Annotated[ApiVersion, Meta(description="API version of the kind; not for Http and Log.")] | None
    ) = None
    name: (
        Annotated[
            ObjectName,
            Meta(description="Name of one object: the variable is that object. Without a name it is a list."),
        ]
        | None
    ) = None
    namespace: (
        Annotated[
            ObjectName,
            Meta(description="A Namespace that spec.outside names; the workspace when left out."),
        ]
        | None
    ) = None
    owned_by: (
        Annotated[ObjectRef, Meta(description="Only objects that this object owns; owners of owners count.")]
        | None
    ) = None
    selector: (
        Annotated[
            LabelSelector,
            Meta(description="Only objects whose labels match; all objects of the kind when left out."),
        ]
        | None
    ) = None
    where: (
        Annotated[
            Expression, Meta(description="CEL on the variable object: only those for which it is true.")
        ]
        | None
    ) = None
    pick: (
        Annotated[
            Literal["Only", "Newest", "Any"],
            Meta(
                description="Makes one object of the list. Only: there must be exactly one. Newest: the youngest. "
                "Any: one for which all of expect holds, else the youngest."
            ),
        ]
        | None
    ) = None
    optional: Annotated[
        bool,
        Meta(
            description="The variable is null when the object does not exist, or nothing answers; otherwise the check "
            "fails then."
        ),
    ] = False
    terminating: Annotated[
        bool,
        Meta(
            description="Lists contain terminating objects, too, and pods that their ReplicaSet has replaced."
        ),
    ] = False
    service: (
        Annotated[AskedName, Meta(description="Http: the Service of the workspace that is asked.")] | None
    ) = None
    pod: (
        Annotated[AskedName, Meta(description="Http: the Pod that is asked. Log: the Pod whose log is read.")]
        | None
    ) = None
    port: Annotated[int, Meta(description="Http: the port of the Service or Pod.", ge=1, le=65535)] | None = (
        None
    )
    path: (
        Annotated[
            str,
            Meta(
                description="Http: the path, perhaps with a query; / when left out.",
                max_length=2_000,
                pattern=PATH,
            ),
        ]
        | None
    ) = None
    headers: Annotated[
        dict[str, Annotated[str, Meta(max_length=1_000)]],
        Meta(description="Http: request headers.", max_length=10),
    ] = {}
    container: (
        Annotated[AskedName, Meta(description="Log: the container; the Pod's first one when left out.")]
        | None
    ) = None

    @property
    def asks(self) -> bool:
        """Whether it is a probe: a request or a log, which the operator asks for."""
        return self.kind in PROBES
