"""What stands in the way of a failing check, by the reason of diagnosis, and never what to do about it.

`{subject}` is the object at fault, the other names are a finding's values; used by `grade/diagnosis/tell.py`.
"""

from collections.abc import Mapping

from tutoriallab.words.sentence import Words

SAID = Words("{what}: {told}", "{what}：{told}")
CAUSES: Mapping[str, Words] = {
    # Pods: which node
    "NotEnoughResources": Words(
        "{subject} is Pending: no node has enough left of what it requests ({asks}): {told}",
        "{subject} 处于 Pending：没有节点剩余足够的资源（它请求 {asks}）：{told}",
    ),
    "NoNodeMatches": Words(
        "{subject} is Pending: no node matches its node selector or affinity ({asks}): {told}",
        "{subject} 处于 Pending：没有节点符合它的节点选择器或亲和性（{asks}）：{told}",
    ),
    "PodAffinity": Words(
        "{subject} is Pending: its rules about other pods leave no node: {told}",
        "{subject} 处于 Pending：它与其他 Pod 的（反）亲和性规则排除了所有节点：{told}",
    ),
    "Taint": Words(
        "{subject} is Pending: it does not tolerate the taints of the nodes: {told}",
        "{subject} 处于 Pending：它不能容忍节点上的污点：{told}",
    ),
    "Cordoned": Words(
        "{subject} is Pending: the nodes that it could run on take no new pods (they are cordoned): {told}",
        "{subject} 处于 Pending：它可用的节点不接收新的 Pod（已被 cordon）：{told}",
    ),
    "HostPortTaken": Words(
        "{subject} is Pending: the port of the node that it asks for (hostPort) is taken: {told}",
        "{subject} 处于 Pending：它要求的节点端口（hostPort）已被占用：{told}",
    ),
    "NodeMissing": Words(
        "{subject} is put on node {node} by its nodeName, and there is no such node",
        "{subject} 用 nodeName 指定了节点 {node}，而集群里没有这个节点",
    ),
    "ClaimNotBound": Words(
        "{subject} is Pending: a volume claim of it is not bound: {told}",
        "{subject} 处于 Pending：它的存储声明还没有绑定：{told}",
    ),
    "Unschedulable": Words(
        "{subject} is Pending: no node takes it: {told}",
        "{subject} 处于 Pending：没有节点接纳它：{told}",
    ),
    "NoScheduler": Words(
        "{subject} is Pending: it asks for the scheduler {scheduler}, which has not looked at it",
        "{subject} 处于 Pending：它指定的调度器 {scheduler} 还没有处理它",
    ),
    "SchedulingGated": Words(
        "{subject} is Pending: scheduling gates hold it back ({gates})",
        "{subject} 处于 Pending：调度门控拦住了它（{gates}）",
    ),
    "Evicted": Words("{subject} was evicted: {told}", "{subject} 被驱逐：{told}"),
    "RefusedByNode": Words(
        "{subject} was refused by node {node} and is not tried again: {told}",
        "{subject} 被节点 {node} 拒绝，不会再次尝试：{told}",
    ),
    # Pods: images
    "InvalidImageName": Words(
        "{subject}: the image name {image} of container {container} is not valid",
        "{subject}：容器 {container} 的镜像名 {image} 不合法",
    ),
    "ImagePull": Words(
        "{subject}: the image {image} of container {container} cannot be pulled: {told}",
        "{subject}：容器 {container} 的镜像 {image} 拉取失败：{told}",
    ),
    "NeverPulled": Words(
        "{subject}: the image {image} of container {container} is not on the node, and its imagePullPolicy is Never",
        "{subject}：节点上没有容器 {container} 的镜像 {image}，而它的 imagePullPolicy 是 Never",
    ),
    # Pods: containers that do not start
    "ConfigMissing": Words(
        "{subject}: container {container} cannot be made, something that it refers to is missing: {told}",
        "{subject}：容器 {container} 无法创建，它引用的对象或键不存在：{told}",
    ),
    "FailedMount": Words(
        "{subject} does not start: a volume of it cannot be mounted: {told}",
        "{subject} 无法启动：它的一个卷挂载失败：{told}",
    ),
    "CannotStart": Words(
        "{subject}: container {container} cannot be started: {told}",
        "{subject}：容器 {container} 无法启动：{told}",
    ),
    "PostStart": Words(
        "{subject}: the postStart hook of container {container} fails, so the container is ended each time",
        "{subject}：容器 {container} 的 postStart 钩子失败，容器因此每次都被终止",
    ),
    "PreStop": Words(
        "{subject}: the preStop hook of container {container} failed",
        "{subject}：容器 {container} 的 preStop 钩子执行失败",
    ),
    "PreStopRuns": Words(
        "{subject} is being deleted, and the preStop hook of container {container} is given {grace} s to end",
        "{subject} 正在被删除，容器 {container} 的 preStop 钩子还在执行，最多有 {grace} 秒",
    ),
    # Pods: containers that end
    "OutOfMemory": Words(
        "{subject}: container {container} was ended for using more memory than its limit ({limit}): OOMKilled",
        "{subject}：容器 {container} 使用的内存超过限制（{limit}）而被终止：OOMKilled",
    ),
    "Crashing": Words(
        "{subject}: container {container} ends with exit code {code} each time it is started ({restarts} restarts)",
        "{subject}：容器 {container} 每次启动后都以退出码 {code} 结束（已重启 {restarts} 次）",
    ),
    "EndsByItself": Words(
        "{subject}: container {container} is done with exit code 0 each time, and restartPolicy Always starts it again "
        "({restarts} restarts)",
        "{subject}：容器 {container} 每次都以退出码 0 正常结束，而 restartPolicy Always 又把它启动"
        "（已重启 {restarts} 次）",
    ),
    "EndedForGood": Words(
        "{subject}: container {container} has ended with exit code {code}, and restartPolicy {policy} does not start "
        "it again",
        "{subject}：容器 {container} 已以退出码 {code} 结束，restartPolicy {policy} 不会再启动它",
    ),
    "LivenessFailing": Words(
        "{subject}: the liveness probe of container {container} ({probe}) fails, so the kubelet has restarted it "
        "{restarts} times",
        "{subject}：容器 {container} 的存活探针（{probe}）失败，kubelet 因此已重启它 {restarts} 次",
    ),
    "RestartedWhileProbed": Words(
        "{subject}: container {container}, which has a liveness probe ({probe}), was restarted {restarts} times; its "
        "last run ended with exit code {code}",
        "{subject}：容器 {container} 带有存活探针（{probe}），已被重启 {restarts} 次，上一次以退出码 {code} 结束",
    ),
    # Pods: not ready
    "InitRunning": Words(
        "{subject}: the init container {container} is still running; the others wait for its end",
        "{subject}：初始化容器 {container} 还在运行，其余容器都在等它结束",
    ),
    "Startup": Words(
        "{subject}: the startup probe of container {container} ({probe}) has not succeeded yet",
        "{subject}：容器 {container} 的启动探针（{probe}）还没有成功过",
    ),
    "Readiness": Words(
        "{subject}: container {container} runs, but its readiness probe ({probe}) does not succeed",
        "{subject}：容器 {container} 在运行，但它的就绪探针（{probe}）没有成功",
    ),
    # Workloads
    "Quota": Words(
        "{subject} cannot create pods: a quota of the namespace is used up: {told}",
        "{subject} 无法创建 Pod：命名空间的配额已用完：{told}",
    ),
    "PodSecurity": Words(
        "{subject} cannot create pods: Pod Security of the namespace refuses them: {told}",
        "{subject} 无法创建 Pod：命名空间的 Pod 安全标准拒绝了它们：{told}",
    ),
    "LimitRange": Words(
        "{subject} cannot create pods: a LimitRange of the namespace refuses them: {told}",
        "{subject} 无法创建 Pod：命名空间的 LimitRange 拒绝了它们：{told}",
    ),
    "CannotCreatePods": Words("{subject} cannot create pods: {told}", "{subject} 无法创建 Pod：{told}"),
    "ScaledToZero": Words(
        "{subject} is to have 0 replicas (spec.replicas), so it has no pods",
        "{subject} 的副本数（spec.replicas）是 0，所以没有 Pod",
    ),
    "Paused": Words(
        "{subject} is paused (spec.paused): changes of its pod template are not rolled out",
        "{subject} 已暂停（spec.paused）：对 Pod 模板的改动不会发布",
    ),
    "DeadlineExceeded": Words(
        "{subject}: its rollout has made no progress for longer than progressDeadlineSeconds: {told}",
        "{subject}：发布超过 progressDeadlineSeconds 没有进展：{told}",
    ),
    "JobFailed": Words("{subject} has failed: {told}", "{subject} 已失败：{told}"),
    "Suspended": Words(
        "{subject} is suspended (spec.suspend): it starts nothing",
        "{subject} 已挂起（spec.suspend）：它不会启动任何 Pod",
    ),
    "NoMetrics": Words(
        "{subject} gets no metrics, so it does not scale: {told}",
        "{subject} 取不到指标，所以不会伸缩：{told}",
    ),
    "NoScaleTarget": Words(
        "{subject} cannot read what it is to scale: {told}",
        "{subject} 读不到它要伸缩的对象：{told}",
    ),
    # Services
    "SelectorMatchesNothing": Words(
        "{subject}: no pod has the labels of its selector ({selector}); the pods of the namespace have {labels}",
        "{subject}：没有 Pod 带有它的选择器所要求的标签（{selector}）；该命名空间里的 Pod 带有 {labels}",
    ),
    "PortNameUnknown": Words(
        "{subject}: its targetPort {port} is a name that no container of its pods gives to a port",
        "{subject}：它的 targetPort {port} 是一个名称，而它的 Pod 里没有容器给端口起这个名字",
    ),
    "NoSelector": Words(
        "{subject} has no selector (spec.selector), so it leads to no pod by itself",
        "{subject} 没有选择器（spec.selector），所以它自己不会指向任何 Pod",
    ),
    "PortNotDeclared": Words(
        "{subject}: its targetPort {port} is none of the ports that the containers of its pods declare ({declared})",
        "{subject}：它的 targetPort {port} 不在其 Pod 的容器所声明的端口（{declared}）之中",
    ),
    "NoLoadBalancer": Words(
        "{subject} has no external address: nothing in this cluster provides load balancers",
        "{subject} 没有外部地址：这个集群里没有谁提供负载均衡器",
    ),
    # Volumes and nodes
    "ClaimNoClass": Words(
        "{subject} is Pending: there is no StorageClass {storage_class}; the cluster has: {told}",
        "{subject} 处于 Pending：没有名为 {storage_class} 的 StorageClass；集群里有：{told}",
    ),
    "ClaimMode": Words(
        "{subject} is Pending: no free volume of class {storage_class} offers the access mode {modes}: {told}",
        "{subject} 处于 Pending：存储类 {storage_class} 中没有空闲的卷支持访问模式 {modes}：{told}",
    ),
    "ClaimNoFit": Words(
        "{subject} is Pending: it asks for {size} of class {storage_class} with {modes}, which no free volume offers: "
        "{told}",
        "{subject} 处于 Pending：它要求存储类 {storage_class}、容量 {size}、访问模式 {modes}，没有空闲的卷符合：{told}",
    ),
    "WaitsForConsumer": Words(
        "{subject} is Pending: its class {storage_class} makes a volume only when a pod uses the claim",
        "{subject} 处于 Pending：存储类 {storage_class} 在有 Pod 使用该声明时才创建卷",
    ),
    "ClaimPending": Words(
        "{subject} is Pending: no volume of class {storage_class} with {size} and {modes} is bound to it",
        "{subject} 处于 Pending：没有存储类为 {storage_class}、容量 {size}、访问模式 {modes} 的卷与它绑定",
    ),
    "NodeNotReady": Words("{subject} is not Ready: {told}", "{subject} 未就绪（NotReady）：{told}"),
    "HeldByFinalizer": Words(
        "{subject} is being deleted, and held by its finalizers: {finalizers}",
        "{subject} 正在被删除，但被 finalizer 拦住：{finalizers}",
    ),
    # What is not there
    "MadeElsewhere": Words(
        "{subject} is in namespace {namespace}; this lab looks in namespace {wanted}",
        "{subject} 建在了命名空间 {namespace} 里，而本实验检查的是命名空间 {wanted}",
    ),
    "NearName": Words(
        "There is a {subject}, but no {kind} that is called {wanted}",
        "有 {subject}，但没有名为 {wanted} 的 {kind}",
    ),
    "LabelMissing": Words(
        "{subject} has the labels {labels}, wanted is {wanted}",
        "{subject} 的标签是 {labels}，需要的是 {wanted}",
    ),
}
