"""Why a lab could not be prepared: one word for programs, in condition Provisioned."""

#: A namespace of the workspace's name exists and is not this lab's own; it is never adopted.
WORKSPACE_TAKEN = "WorkspaceTaken"
#: The workspace of before is still being deleted; the message names what holds it up.
WORKSPACE_TERMINATING = "WorkspaceTerminating"
#: The workspace was deleted by somebody else.
WORKSPACE_GONE = "WorkspaceGone"
#: The cluster has not yet set up the fresh workspace (its default ServiceAccount, quota, or binding).
WORKSPACE_NOT_READY = "WorkspaceNotReady"
#: A ResourceQuota of the workspace is used up.
QUOTA_EXCEEDED = "QuotaExceeded"
#: Labs may not provision this kind (RBAC).
FORBIDDEN = "Forbidden"
#: Admission refused the object: Pod Security, a LimitRange, a policy or a webhook.
REFUSED = "Refused"
#: The cluster does not serve this apiVersion and kind.
UNKNOWN_KIND = "UnknownKind"
#: The kind is cluster-scoped; a lab provisions into its workspace alone.
CLUSTER_SCOPED = "ClusterScoped"
#: The name belongs to the operator.
RESERVED_NAME = "ReservedName"
#: The object is malformed: the message names the field.
INVALID = "Invalid"
#: Somebody changed the same object at the same time, again and again.
CONFLICT = "Conflict"
#: An object of that name is still being deleted.
OBJECT_TERMINATING = "ObjectTerminating"
#: The API server did not answer, or could not.
SERVER_UNAVAILABLE = "ServerUnavailable"
#: Another lab has leased the nodes, or comes first; the message tells who and how many.
NODES_TAKEN = "NodesTaken"
#: Fewer nodes are labelled leasable, Ready and free than the lab needs.
NOT_ENOUGH_NODES = "NotEnoughNodes"
#: Enough nodes are labelled leasable, but some of them are not Ready at the moment.
NODES_NOT_READY = "NodesNotReady"
#: Nothing was changed in the lab for so long that its nodes were given back; a reset starts it over.
LEASE_IDLE = "LeaseIdle"
#: An object that the lab names in outside exists already; it is left alone.
OUTSIDE_EXISTS = "OutsideExists"
#: Another lab has the name, as an object outside of its workspace or as the workspace itself.
OUTSIDE_CLAIMED = "OutsideClaimed"
