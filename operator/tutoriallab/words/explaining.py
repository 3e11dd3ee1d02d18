"""Why an expression is not true, in parts: object, field, seen, wanted; put together by `grade/cel/sentences.py`.

Field paths, kinds, values and expressions are values: they are the same in every language.
"""

from collections.abc import Mapping

from tutoriallab.words.sentence import Words

ABOUT = Words("{subject}: {text}", "{subject}：{text}")
IS = Words("{path} is {seen}{wanted}", "{path} 是 {seen}{wanted}")
UNSET = Words("{path} is not set{wanted}", "{path} 未设置{wanted}")
IS_SET = Words("{path} is {seen}, wanted it not set", "{path} 是 {seen}，不应设置")
IS_SET_AT_ALL = Words("{path} is set, wanted it not set", "{path} 已设置，不应设置")
ABSENT = Words("{subject} does not exist", "{subject} 不存在")
PRESENT = Words("{subject} exists, wanted it not to", "{subject} 存在，而它不应存在")
KEPT = Words(
    "{subject} is still the one that was there when the step began", "{subject} 仍是本步开始时的那一个"
)
REPLACED = Words(
    "{subject} is not the one that was there when the step began", "{subject} 不是本步开始时的那一个"
)
SILENT = Words("{subject} has no answer", "{subject} 没有应答")
HEARD = Words("{subject} has an answer, wanted none", "{subject} 有应答，而不应有")
SIZE = Words("size of {path} is {seen}{wanted}", "{path} 的大小是 {seen}{wanted}")
CONDITION = Words("condition {type} is {seen}{wanted}", "状况 {type} 是 {seen}{wanted}")
NO_CONDITION = Words("condition {type} is not set{wanted}", "状况 {type} 未设置{wanted}")
NOT_READY = Words("{subject} is not ready", "{subject} 未就绪")
READY = Words("{subject} is ready, wanted not ready", "{subject} 已就绪，而它不应就绪")
SECRET = Words("{path} does not have the wanted value", "{path} 的值不符合要求")
SECRET_MISSING = Words("the wanted value is not there", "没有符合要求的值")
NOT_TRUE = Words("`{text}` is not true", "`{text}` 不成立")
NOT_TRUE_SEEN = Words("`{text}` is not true ({seen})", "`{text}` 不成立（{seen}）")
OR_ELSE = Words("; or ", "；或者 ")

# How many of a list
ONE_HAS = Words(
    "1 {noun} among {among} ({of}) has {wishes}{wanted}",
    "{among}（{of}）中有 1 个 {noun} 满足 {wishes}{wanted}",
)
MANY_HAVE = Words(
    "{count} {nouns} among {among} ({of}) have {wishes}{wanted}",
    "{among}（{of}）中有 {count} 个 {nouns} 满足 {wishes}{wanted}",
)
NONE_HAS = Words(
    "no {noun} among {among} ({of}) has {wishes}{wanted}",
    "{among}（{of}）中没有 {noun} 满足 {wishes}{wanted}",
)
ONLY = Words(", only {seen}", "，只有 {seen}")
ALL_HAVE = Words(
    "every {noun} among {among} ({of}) has {wishes}, wanted one that has not",
    "{among}（{of}）中每个 {noun} 都满足 {wishes}，而应有一个不满足",
)
AND = Words(" and ", " 且 ")
OR = Words(" or ", " 或 ")
ELEMENT = Words("element", "元素")
ELEMENTS = Words("elements", "元素")

# Fields that have no path
FIELD_OF = Words("{field} of {subject}", "{subject} 的 {field}")
EVENT_OF = Words("Event {reason} of {subject}", "{subject} 的 Event {reason}")
KEY_OF = Words("a key of {field}", "{field} 的键")
IMAGE_OF = Words("image of container {container}", "容器 {container} 的镜像")
SIZE_OF = Words("size of {path}", "{path} 的大小")
CONDITION_OF = Words("condition {type}", "状况 {type}")
VALUE = Words("value", "值")
SELECTED = Words("{name} ({kinds} selected)", "{name}（选中的 {kinds}）")
FIELD_IS = Words("{field} is {value}", "{field} 是 {value}")
COMMA = Words(", ", "，")

# What may be told of a page or a log
TEXT_OF = Words("a text of {count} characters", "一段 {count} 个字符的文本")
ELEMENTS_OF = Words("{count} elements", "{count} 个元素")
SOMETHING_ELSE = Words("something else", "别的内容")

# What is wanted
WANTED = Words(", wanted {goal}{source}", "，{goal}{source}")
SOURCE = Words(" ({source})", "（{source}）")
#: By relation: what was wanted of one value, and what an element was wanted to have.
_RELATIONS: Mapping[str, tuple[str, str, str]] = {
    "==": ("{wanted}", "应为 {wanted}", "{path} 为 {wanted}"),
    "!=": ("not {wanted}", "不应为 {wanted}", "{path} 不为 {wanted}"),
    "<": ("less than {wanted}", "应小于 {wanted}", "{path} 小于 {wanted}"),
    "<=": ("at most {wanted}", "最多应为 {wanted}", "{path} 最多为 {wanted}"),
    ">": ("more than {wanted}", "应大于 {wanted}", "{path} 大于 {wanted}"),
    ">=": ("at least {wanted}", "至少应为 {wanted}", "{path} 至少为 {wanted}"),
    "in": ("one of {wanted}", "应为其中之一：{wanted}", "{path} 为其中之一：{wanted}"),
    "!in": ("none of {wanted}", "不应为其中任何一个：{wanted}", "{path} 不为其中任何一个：{wanted}"),
    "has": ("{wanted} in it", "其中应有 {wanted}", "{path} 中有 {wanted}"),
    "!has": ("{wanted} not in it", "其中不应有 {wanted}", "{path} 中没有 {wanted}"),
    "contains": ("a text with {wanted} in it", "应包含 {wanted}", "{path} 包含 {wanted}"),
    "!contains": ("a text without {wanted} in it", "不应包含 {wanted}", "{path} 不包含 {wanted}"),
    "startsWith": ("a text that starts with {wanted}", "应以 {wanted} 开头", "{path} 以 {wanted} 开头"),
    "!startsWith": (
        "a text that does not start with {wanted}",
        "不应以 {wanted} 开头",
        "{path} 不以 {wanted} 开头",
    ),
    "endsWith": ("a text that ends with {wanted}", "应以 {wanted} 结尾", "{path} 以 {wanted} 结尾"),
    "!endsWith": (
        "a text that does not end with {wanted}",
        "不应以 {wanted} 结尾",
        "{path} 不以 {wanted} 结尾",
    ),
    "matches": ("a text that matches {wanted}", "应匹配 {wanted}", "{path} 匹配 {wanted}"),
    "!matches": ("a text that does not match {wanted}", "不应匹配 {wanted}", "{path} 不匹配 {wanted}"),
    "set": ("set", "应已设置", "{path} 已设置"),
    "!set": ("not set", "不应设置", "{path} 未设置"),
}
GOALS: Mapping[str, Words] = {name: Words(en, zh) for name, (en, zh, _) in _RELATIONS.items()}
#: The same of elements in a list of the element's.
_NESTED: Mapping[str, Words] = {
    "exists": Words("an element of {path} that has {wanted}", "{path} 中有元素满足 {wanted}"),
    "!exists": Words("no element of {path} that has {wanted}", "{path} 中没有元素满足 {wanted}"),
    "all": Words("only elements of {path} that have {wanted}", "{path} 中的元素都满足 {wanted}"),
    "!all": Words("an element of {path} without {wanted}", "{path} 中有元素不满足 {wanted}"),
}
TOGETHER = Words("({wishes})", "（{wishes}）")
WISHES: Mapping[str, Words] = {
    **{name: Words(f"{{path}} {en}", zh) for name, (en, _, zh) in _RELATIONS.items()},
    **_NESTED,
}
#: What an element was wanted to have, where a Secret is involved.
HIDDEN_VALUES = Words("the wanted values", "所要求的值")
