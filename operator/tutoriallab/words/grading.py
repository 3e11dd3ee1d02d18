"""Sentences of verdicts: what a check waits for, what it lacks, what became of it; used by `grade/`."""

from tutoriallab.words.sentence import Words

# What a check selects
MISSING = Words("{object} does not exist", "{object} 不存在")
MISSING_IN = Words(
    "{object} does not exist in namespace {namespace}", "命名空间 {namespace} 中不存在 {object}"
)
NONE = Words("No {what} exists", "不存在 {what}")
NONE_IN = Words("No {what} exists in namespace {namespace}", "命名空间 {namespace} 中不存在 {what}")
SEVERAL = Words(
    "{count} {what} exist in namespace {namespace} ({names}), wanted exactly one",
    "命名空间 {namespace} 中有 {count} 个 {what}（{names}），应恰好有一个",
)
OWNED_BY = Words("{what} owned by {kind} {name}", "属于 {kind} {name} 的 {what}")
WITH_LABEL = Words("{what} with the label {labels}", "带有标签 {labels} 的 {what}")
WITH_LABELS = Words("{what} with the labels {labels}", "带有标签 {labels} 的 {what}")
THAT_FITS = Words("{what} that fits", "符合条件的 {what}")
ASKING = Words("{request} is being asked", "正在请求 {request}")

# What is not known yet
SETTLING = Words("The step's starting state is not there yet", "本步骤的初始状态还没有就绪")
BEHIND = Words(
    "{object}: status is of generation {observed}, its spec is of generation {generation}; "
    "waiting for its controller",
    "{object}：status 的 generation 是 {observed}，spec 的是 {generation}；正在等待它的控制器跟上",
)
TOO_COSTLY = Words(
    "An expression of this check costs too much on these objects: its author must select fewer, or ask for less",
    "这项检查的某个表达式在这些对象上开销过大：需要作者少选一些对象，或者少要求一些",
)

# What the author has to say
BECAUSE = Words("{because} ({told})", "{because}（{told}）")
HIDDEN = Words("(hidden)", "（不予显示）")

# What diagnosis has to say
AND_WHY = Words("{message}. {why}", "{message}。{why}")

# Time
HOLDING = Words(
    "True since {since}; it must stay so for {duration}", "自 {since} 起成立；必须持续 {duration}"
)
HOLDS_SO_FAR = Words(
    "True since {since}; it must stay so until the step's other checks pass",
    "自 {since} 起成立；必须一直保持到本步骤的其他检查项都通过",
)
VIOLATED = Words("At {at}: {seen}. {start_over}", "{at} 时：{seen}。{start_over}")
START_OVER = Words(
    "Start the step over: kubectl lab restart-step (or the annotation tutoriallab.dev/restart-step)",
    "请重做本步骤：kubectl lab restart-step（或用注解 tutoriallab.dev/restart-step）",
)
NOT_KNOWN = Words(
    "{gap}: whether it held is not known. {start_over}", "{gap}：这期间是否一直成立，无从得知。{start_over}"
)
SHOW_AGAIN = Words("{gap}: show it again if it was so then", "{gap}：如果当时成立过，请再做一次")
AND_THAT = Words("{message}; {note}", "{message}；{note}")
GAP = Words(
    "not watched from {since} to {until} UTC ({cause})",
    "从 {since} 到 {until}（UTC）没有在观察（{cause}）",
)
GAP_WITHIN = Words(
    "not watched for some time between {since} and {until} UTC ({cause})",
    "在 {since} 与 {until}（UTC）之间有一段时间没有在观察（{cause}）",
)
INTERRUPTED = Words("grading was interrupted", "评分中断过")
LAB_CHANGED = Words("the lab was changed", "实验被修改过")
CONNECTION_LOST = Words("the connection to the API server was lost", "与 API server 的连接断开过")

# Questions
NOT_ANSWERED = Words(
    "Not answered yet: {choose}kubectl lab answer {check} YOUR-ANSWER (spec.answers.{check})",
    "还没有回答：{choose}kubectl lab answer {check} 你的答案（spec.answers.{check}）",
)
CHOOSE = Words("choose one of {choices}; ", "请从 {choices} 中选一个；")
ANSWER_STALE = Words(
    "Answered before the lab was reset: answer again, with `kubectl lab answer`",
    "这是重置实验之前的回答：请用 `kubectl lab answer` 重新回答",
)
NO_CHOICE = Words(
    "{answer} is no choice: choose one of {choices}", "{answer} 不是选项：请从 {choices} 中选一个"
)
WRONG_ANSWER = Words("{answer} is not the answer: look again", "{answer} 不是正确答案：请再看一看")
QUESTION_BEHIND = Words(
    "The cluster has not caught up with the last change yet", "集群还没有跟上最近的一次改动"
)
QUESTION_SEVERAL = Words(
    "There is not exactly one object of the kind that the question is about",
    "本题所问的那种对象不是恰好一个",
)
QUESTION_ELSEWHERE = Words(
    "The cluster is not as the question needs it: look at the task and the other checks",
    "集群还不是本题需要的样子：请看任务和其他检查项",
)

# A step's starting state
NOT_THERE = Words("{object} is not there yet", "{object} 还不存在")
POD_NOT_READY = Words("{object} is {phase} and not ready yet", "{object} 处于 {phase}，还没有就绪")
REPLICAS = Words(
    "{object}: {seen} of {wanted} replicas available", "{object}：{wanted} 个副本中有 {seen} 个可用"
)
