"""Sentences of a lab's way: its phases, its conditions, and what it waits for; used by the engine's stages."""

from tutoriallab.words.sentence import Words

# Conditions
ACCEPTED = Words("The lab can be run", "实验可以运行")
APPLIED = Words("The starting state is applied", "初始状态已经应用")
STEPS_OPEN = Words("Step {step} is not passed", "步骤 {step} 还没有通过")
ALL_PASSED = Words("All steps passed", "所有步骤都已通过")
STARTS_OVER = Words("The lab starts over", "实验重新开始")

# What is done
PREPARING = Words("The workspace is being prepared", "正在准备工作区")
EMPTYING = Words("The workspace is emptied and prepared again", "正在清空工作区，然后重新准备")
REMOVING = Words("What the lab made is being removed", "正在移除实验所创建的一切")
PREPARING_STEP = Words("Preparing step {step}: {missing}", "正在准备步骤 {step}：{missing}")
READ_DEBRIEF = Words(
    "All steps passed. Read the debrief: kubectl lab status", "所有步骤都已通过。请看总结：kubectl lab status"
)

# What is waited for
SEEING = Words("Waiting to see {what}", "正在等待看到 {what}")
FIRST_LISTS = Words("the first lists", "第一批列表")
LISTING = Words("{what}: listing", "{what}：正在列出")
TROUBLE = Words("{what}: {problem}", "{what}：{problem}")
NOT_PREPARED = Words(
    "{what}: namespace {namespace} is not prepared", "{what}：命名空间 {namespace} 还没有准备好"
)
IN_NAMESPACE = Words("{what} in namespace {namespace}", "命名空间 {namespace} 中的 {what}")
AND_THEN = Words("; ", "；")
LEARNERS_UNKNOWN = Words(
    "Who learns in namespace {namespace} is not known yet: {why}",
    "还不知道谁在命名空间 {namespace} 里学习：{why}",
)
NO_ANSWER = Words("no answer", "没有应答")
FAULT = Words(
    "The operator met a fault of its own: see its log, and please report it",
    "operator 自身出错：请看它的日志，并请报告这个错误",
)

# Events
HAS_NODES = Words("The lab has its nodes: {nodes}", "实验得到了它的节点：{nodes}")
COMMA = Words(", ", "，")
IS_NODE = Words("{alias} is {node}", "{alias} 是 {node}")
STEP_OPENED = Words("Step {step} is open", "步骤 {step} 已开放")
STEP_PASSED = Words(
    "Step {step} passed; score {score} of {most}", "步骤 {step} 已通过；得分 {score}，满分 {most}"
)
CHECK_PASSED = Words("{check} passed", "{check} 已通过")
CHECK_SAYS = Words("{check}: {message}", "{check}：{message}")
COMPLETED = Words("All steps passed; score {score} of {most}", "所有步骤都已通过；得分 {score}，满分 {most}")
