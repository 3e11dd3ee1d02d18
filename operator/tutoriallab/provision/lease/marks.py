"""Labels, annotations and names of leases; called throughout `provision/lease/`.

The policies in `cluster/manifests/confinement-nodes.yaml` rest on the first three: change both together.
"""

#: Label that opts a node in: nodes with the value true are leased, no others.
LEASABLE = "tutoriallab.dev/leasable"
#: Annotation of a leased node: the lab that has it, as namespace/name, for whoever describes the node.
LEASED_BY = "tutoriallab.dev/leased-by"
#: Labels of nodes that are never leased, whatever else they say.
CONTROL_PLANE = frozenset({"node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master"})

#: The operator's own namespace: learners cannot write there.
SYSTEM = "tutoriallab-system"
#: Label of the ConfigMaps of leases: HOLDER or NODE.
LEASE = "tutoriallab.dev/lease"
#: The one ConfigMap that names the lab whose turn it is.
HOLDER = "holder"
#: A ConfigMap with what one node was.
NODE = "node"
HOLDER_NAME = "tutoriallab-nodes"
#: A node's record is called so, followed by the node's name.
RECORD_PREFIX = "tutoriallab-node."
#: Longer names of nodes leave no room for the prefix.
MAX_NODE_NAME = 253 - len(RECORD_PREFIX)


def record_name(node: str) -> str:
    """The name of the ConfigMap with what this node was."""
    return RECORD_PREFIX + node
