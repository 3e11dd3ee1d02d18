"""How a check comes to its verdict: what is told besides values and expressions; used by `grade/account.py`."""

from tutoriallab.words.sentence import Words

# What is kept back
WITHHELD = Words(
    "This check asks a question. Until its answer is seen to be right, what it selects, what is seen and "
    "what it expects is not told, as that may be the answer",
    "这项检查提出一个问题。在看到回答正确之前，不透露它选择什么、看到什么、要求什么，因为那可能就是答案",
)
KEPT_BACK = Words(
    "not told while a question of the step is open: it may be the answer",
    "本步的问题还没有答对时不透露：那可能就是答案",
)

# What has to be known besides the expressions
DIFFERS = Words(
    "What is seen here is not what the operator has judged last: look again in a moment",
    "这里看到的与 operator 上次评判的不同：请稍后再看",
)
EVER = Words(
    "when: Ever: it counts once it was true at any moment since the step opened",
    "when: Ever：自本步开放以来，只要有一刻成立就算通过",
)
THROUGHOUT = Words(
    "when: Throughout: from when it is first true it must stay so until the step's other checks pass; {since}",
    "when: Throughout：从第一次成立起必须一直成立，直到本步的其他检查通过；{since}",
)
NOT_TRUE_YET = Words("it has not been true yet", "它还没有成立过")
TRUE_SINCE = Words("it has been so since {since}", "自 {since} 起一直成立")
HOLDS_FOR = Words(
    "holdsFor: it must stay true for {duration}; the operator takes the time",
    "holdsFor：必须持续成立 {duration}；由 operator 计时",
)
REMEMBERS_LATER = Words(
    "remember: nothing is remembered yet; that happens when the step opens",
    "remember：还没有记住任何值；步骤开放时才会记住",
)
ONE_OF = Words("pick: Any: told of one of {count} candidates", "pick: Any：说的是 {count} 个候选中的一个")

# What a variable selects
ONLY_THE_OPERATOR = Words(
    "the operator asks for it, nobody else; what it told: {told}", "只有 operator 会去问；它说的是：{told}"
)
NOTHING_YET = Words("nothing yet", "还没有说过什么")
NONE = Words("there is none", "一个也没有")

# Why an expression is not evaluated
ASKED_ELSEWHERE = Words(
    "not evaluated here: {variable} is asked by the operator alone",
    "这里不求值：{variable} 只由 operator 去问",
)
UNREADABLE = Words("not evaluated here: {variable} cannot be read", "这里不求值：无法读取 {variable}")
NO_EVENTS = Words("not evaluated here: the Events cannot be read", "这里不求值：无法读取事件")
NO_MEMORY = Words("not evaluated: nothing is remembered yet", "未求值：还没有记住任何值")
NO_VALUE = Words("not evaluated: {variable} has no value", "未求值：{variable} 没有值")
A_VARIABLE = Words("a variable", "某个变量")

# What a part of it sees
ABSENT = Words("does not exist", "不存在")
UNSET = Words("not set", "未设置")
