"""Why a lab waits for nodes, or has lost them; used by `provision/lease/` and `leases.py`."""

from tutoriallab.words.sentence import Words

GIVEN_BACK = Words("Nodes are being given back; this lab is next", "节点正在归还；接下来轮到这个实验")
QUEUE = Words(
    "{who}; {place}. It goes on by itself when they are free", "{who}；{place}。节点空出后实验会自动继续"
)
LEASED_BY = Words("Nodes are leased by lab {lab}", "节点已租给实验 {lab}")
FIRST_TO = Words("Nodes go to lab {lab} first", "节点会先给实验 {lab}")
NEXT = Words("this lab is next", "接下来轮到这个实验")
ONE_BEFORE = Words("1 lab is before this one", "前面还有 1 个实验")
MANY_BEFORE = Words("{count} labs are before this one", "前面还有 {count} 个实验")
IDLE = Words(
    "Nothing was changed in this lab for {time}, so its nodes were given back. Start it over: {command}",
    "这个实验有 {time} 没有任何改动，所以它的节点已经归还。请重新开始：{command}",
)

# Not enough
TOO_FEW = Words(
    "The lab needs {wanted} labelled {label}, this cluster has {seen}{others}: {remedy}",
    "实验需要 {wanted}（带有标签 {label}），这个集群{seen}{others}：{remedy}",
)
ADD_NODES = Words(
    "add nodes, or kubectl label node NAME {label}", "请增加节点，或者 kubectl label node 节点名 {label}"
)
COME_BACK = Words(
    "it goes on by itself when they are Ready; see kubectl get nodes",
    "这些节点 Ready 之后实验会自动继续；请看 kubectl get nodes",
)
WORKER = Words("1 worker node", "1 个工作节点")
WORKERS = Words("{count} worker nodes", "{count} 个工作节点")
SEEN = Words("{count}", "有 {count} 个")
SEEN_NONE = Words("none", "一个也没有")
OTHERS = Words(" (not {nodes})", "（不能用的有 {nodes}）")
FAULTY = Words("{node} ({fault})", "{node}（{fault}）")
COMMA = Words(", ", "，")
NOT_LABELLED = Words("not labelled", "没有标签")
CONTROL_PLANE = Words("control plane", "控制平面")
STILL_LEASED = Words("still leased", "仍在租用")
BEING_DELETED = Words("being deleted", "正在删除")
NOT_READY = Words("NotReady", "NotReady")
CORDONED = Words("cordoned", "已 cordon")
TAINTED = Words("tainted {key}", "有污点 {key}")
NAME_TOO_LONG = Words("name too long", "名字太长")
