"""Why a lab cannot be prepared, or not yet, and the way out; used by `provision/`, `outside.py` and `lab/support.py`.

The API server's own words stand in them as `{told}`.
"""

from tutoriallab.words.sentence import Words

# What the cluster or its operator does not offer
CAPABILITY_MISSING = Words(
    "The lab needs {missing}, which this cluster does not offer: run it on {where}",
    "实验需要 {missing}，而这个集群不提供：请在{where}上运行",
)
ON_KIND_OF_UP = Words(
    "a kind cluster that `tutoriallab up` has made on your own machine",
    "你自己的机器上由 `tutoriallab up` 创建的 kind 集群",
)
ON_REAL_NODES = Words("a cluster with real nodes, such as kind", "有真实节点的集群（例如 kind）")
ON_YOUR_OWN = Words(
    "a cluster that `tutoriallab up` has made on your own machine",
    "你自己的机器上由 `tutoriallab up` 创建的集群",
)
PRIVILEGED_NOT_ALLOWED = Words(
    "The lab needs privileged pods, which this operator does not allow: "
    "ask who runs it to set TUTORIALLAB_ALLOW_PRIVILEGED=true",
    "实验需要特权 Pod，而这个 operator 不允许：请让管理它的人设置 TUTORIALLAB_ALLOW_PRIVILEGED=true",
)
OUTSIDE_NOT_ALLOWED = Words(
    "The lab has you make objects outside its workspace, which this operator does not allow: "
    "run it on a cluster of your own (tutoriallab up), or ask who runs it to set TUTORIALLAB_ALLOW_OUTSIDE=true",
    "实验要你在工作区之外创建对象，而这个 operator 不允许：请在你自己的集群上运行（tutoriallab up），"
    "或者让管理它的人设置 TUTORIALLAB_ALLOW_OUTSIDE=true",
)

# Names outside of the workspace
OUTSIDE_IS_WORKSPACE = Words(
    "Lab {lab} has its learner make the namespace {namespace}, which would be the workspace: "
    "delete that lab, or give this one another name",
    "实验 {lab} 要学习者创建命名空间 {namespace}，而它正是这个实验的工作区：请删除那个实验，或者给这个实验另起名字",
)
OUTSIDE_CLAIMED = Words(
    "{object} belongs to lab {lab} while that lives: delete that lab first",
    "{object} 属于实验 {lab}，直到它被删除：请先删除那个实验",
)
WORKSPACE_OF_ANOTHER = Words(
    "Namespace {namespace} is the workspace of a lab: delete that lab, or rename this one",
    "命名空间 {namespace} 是另一个实验的工作区：请删除那个实验，或者给这个实验改名",
)
OUTSIDE_EXISTS = Words(
    "{object} exists already, and the lab begins without it: look whether you need it, then: {command}",
    "{object} 已经存在，而实验开始时不应有它：请看你是否需要它，然后：{command}",
)

# The workspace
WORKSPACE_TAKEN = Words(
    "Namespace {namespace} exists and is not this lab's: delete it, or give the lab another name",
    "命名空间 {namespace} 已经存在，且不属于这个实验：请删除它，或者给实验另起名字",
)
WORKSPACE_NOT_READY = Words(
    "Workspace {workspace} is not ready: {missing}", "工作区 {workspace} 还没有就绪：{missing}"
)
NOT_COUNTED = Words(
    "its objects have not been counted yet: is the cluster's controller manager running?",
    "其中的对象还没有被计数：集群的 controller manager 在运行吗？",
)
NO_RIGHTS = Words(
    "the provisioner has no rights there yet: is the ClusterRole {role} installed?",
    "provisioner 在那里还没有权限：ClusterRole {role} 安装了吗？",
)
NOT_MADE = Words(
    "{told}: is the cluster's controller manager running?", "{told}：集群的 controller manager 在运行吗？"
)

# Deletion
JUST_DELETED = Words("{object} has just been deleted", "{object} 刚刚被删除")
BEING_DELETED = Words("{object} is being deleted", "正在删除 {object}")
BEING_DELETED_YET = Words("{object} is being deleted: {parts}", "正在删除 {object}：{parts}")
BEING_DELETED_HELD = Words(
    "{object} is being deleted, held by the finalizer {finalizers}. Look: {look}",
    "正在删除 {object}，它被 finalizer {finalizers} 拦住。查看: {look}",
)
BEING_DELETED_LOOK = Words("{object} is being deleted. Look: {look}", "正在删除 {object}。查看: {look}")
CHANGED_MEANWHILE = Words("{object} changed while it was being deleted", "{object} 在删除时被改动")
REMAINING = Words("still there: {what}. Look: {look}", "还剩下：{what}。查看: {look}")
REMAINING_HELD = Words(
    "still there: {what}, held by the finalizer {finalizers}. Look: {look}",
    "还剩下：{what}，被 finalizer {finalizers} 拦住。查看: {look}",
)
SOME_OBJECTS = Words("some objects", "一些对象")
OWN_FINALIZER = Words(
    "the namespace itself has the finalizer {finalizers}", "命名空间自身带有 finalizer {finalizers}"
)
AND_ALSO = Words("; ", "；")
DELETE_YOURSELF = Words(
    "Delete {object} yourself: {command}. The operator may not ({told})",
    "请自己删除 {object}：{command}。operator 没有这个权限（{told}）",
)

# One object of the starting state
REFUSED = Words("{object}: {told}", "{object}：{told}")
HIDDEN_REFUSAL = Words(
    "the API server does not accept {fields} (what a Secret holds is not shown)",
    "API server 不接受 {fields}（Secret 的内容不予显示）",
)
IT = Words("it", "它")
RESET_TO_MEND = Words(
    "{told}: reset the lab to make the object anew", "{told}：请重置实验，以重新创建这个对象"
)
MAY_NOT_PROVISION = Words("{told}: labs may not provision this kind", "{told}：实验不可以提供这类对象")
OVER_QUOTA = Words(
    "{told}: delete what is not needed, or provision less", "{told}：请删除不需要的对象，或者让实验少提供一些"
)
WORKSPACE_GONE = Words(
    "namespace {namespace} has been deleted: reset the lab", "命名空间 {namespace} 已被删除：请重置实验"
)
NOT_SERVED = Words(
    "no kind {kind} in {api_version} on this cluster: correct it, or install its CRD",
    "这个集群的 {api_version} 中没有 {kind} 这种资源：请更正，或者安装它的 CRD",
)
STILL_DELETED = Words("the one of before is still being deleted", "之前的同名对象还在删除中")
NOT_A_TEXT = Words("{field} must be a text", "{field} 必须是文本")
BAD_NAME = Words(
    "metadata.name must consist of lower case letters, digits, - and .",
    "metadata.name 只能由小写字母、数字、连字符和英文句点组成",
)
RESERVED_NAME = Words(
    "names that begin with {prefix} belong to the operator: choose another",
    "以 {prefix} 开头的名字属于 operator：请换一个名字",
)
CLUSTER_SCOPED = Words(
    "{kind} is cluster-scoped, and a lab provisions into its workspace alone: leave it out",
    "{kind} 是集群级别的资源，而实验只能在自己的工作区里提供对象：请去掉它",
)
