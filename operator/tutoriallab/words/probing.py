"""Why a page or a log was not asked for, or did not answer; used by `observe/probe/`.

`{request}` is the page or the log, `{look}` the command that shows more: commands are the same in every language.
"""

from tutoriallab.words.sentence import Words

LOG_OF_POD = Words("Log of Pod {pod}", "Pod {pod} 的日志")
LOG_OF_CONTAINER = Words("Log of container {container} of Pod {pod}", "Pod {pod} 的容器 {container} 的日志")
THEN_LOOK = Words("{why}. Look: {look}", "{why}。查看: {look}")
NOT_ASKED = Words("{request} is not asked: {why}", "不会请求 {request}：{why}")

# What stands behind it
MISSING = Words("{object} does not exist in namespace {namespace}", "命名空间 {namespace} 中不存在 {object}")
NODES_NETWORK = Words(
    "Pod {pod} is on its node's own network (hostNetwork), whose services are none of a lab's business",
    "Pod {pod} 使用节点自己的网络（hostNetwork），那里的服务与实验无关",
)
LEADS_TO_NODES_NETWORK = Words(
    "Service {service} leads to it, and {why}", "Service {service} 指向它，而 {why}"
)
POD_ENDED = Words("Pod {pod} is {phase}: nothing answers there", "Pod {pod} 处于 {phase}：那里没有谁会应答")
NO_ADDRESS = Words("Pod {pod} is {phase} and has no address yet", "Pod {pod} 处于 {phase}，还没有 IP 地址")
NO_CONTAINER = Words(
    "Pod {pod} has no container {container}, only {names}", "Pod {pod} 没有容器 {container}，只有 {names}"
)
ON_NO_NODE = Words(
    "Pod {pod} has no log yet: it is on no node", "Pod {pod} 还没有日志：它还没有被调度到节点上"
)
EXTERNAL_NAME = Words(
    "Service {service} is an ExternalName, which leads out of namespace {namespace}",
    "Service {service} 的类型是 ExternalName，它指向命名空间 {namespace} 之外",
)
NO_PORT = Words(
    "Service {service} has no port {port}, only {ports}", "Service {service} 没有端口 {port}，只有 {ports}"
)
NO_PORTS = Words(
    "Service {service} has no port {port}, only none", "Service {service} 没有端口 {port}，也没有别的端口"
)
NOT_TCP = Words(
    "Port {port} of Service {service} is {protocol}, HTTP needs TCP",
    "Service {service} 的端口 {port} 是 {protocol}，而 HTTP 需要 TCP",
)
ASTRAY = Words(
    "Service {service} leads to {address}, which is no Pod of namespace {namespace}",
    "Service {service} 指向 {address}，那不是命名空间 {namespace} 里的 Pod",
)
NO_ENDPOINT = Words(
    "Service {service} has no ready endpoint: {why}", "Service {service} 没有就绪的端点：{why}"
)
NO_TARGET_PORT = Words(
    "none of its Pods has the targetPort of port {port}", "它的 Pod 都没有端口 {port} 所对应的 targetPort"
)
NONE_READY = Words("of its Pods none is ready ({pods})", "它的 Pod 都没有就绪（{pods}）")
LEADS_TO_NONE = Words("it leads to no Pod", "它没有指向任何 Pod")

# What came back
REFUSED = Words(
    "{request} was refused: nothing listens at {address}", "{request} 被拒绝：{address} 上没有进程在监听"
)
NO_WAY = Words("{request} found no way to {address}", "{request} 找不到通往 {address} 的路由")
LATE = Words(
    "{request} got no answer from {address} in time", "{request} 没有在限定时间内得到 {address} 的应答"
)
NO_HTTP = Words(
    "{request} was answered by {address} with something that is no HTTP",
    "{request}：{address} 的应答不是 HTTP",
)
CUT_OFF = Words(
    "{request} was cut off by {address} before it was answered", "{request} 在得到应答之前被 {address} 断开"
)
FAILED = Words("{request} failed on the way to {address}", "{request} 在前往 {address} 的途中失败")
ITS_ADDRESS = Words("it", "目标地址")
TOO_LATE = Words("{request} got {error}", "{request} 没有及时得到应答（{error}）")
GARBLED = Words("{request}: {error}", "{request}：{error}")
CANNOT_ASK = Words("{request} cannot be asked: {error}", "无法请求 {request}：{error}")
NOWHERE = Words("{request} leads nowhere just now", "{request} 此刻没有去处")
NOT_ALLOWED = Words("the API server allows no such address", "API server 不允许这样的地址")
CANNOT_READ = Words("{request} cannot be read: {error}", "无法读取 {request}：{error}")
UNREADABLE = Words("{request} cannot be read", "无法读取 {request}")
NO_OBJECT = Words("{request}: it does not exist", "{request}：对象不存在")
NO_LOG = Words("{request} is not there", "{request} 不存在")
NO_LOG_YET = Words("{request} is not there yet: {why}", "{request} 还不存在：{why}")
WAITING_TO_START = Words("its container is waiting to start ({reason})", "它的容器正在等待启动（{reason}）")
NODE_SILENT = Words("the node does not give it", "节点没有给出它")

# What the operator does
NOT_LOOKED_AT = Words("not looked at yet", "还没有看过")
FAULT = Words(
    "{request}: the operator met a fault of its own, see its log",
    "{request}：operator 自身出错，请看它的日志",
)
