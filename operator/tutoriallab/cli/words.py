"""The command line's own words on a lab's page, in the learner's language; commands and errors stay English."""

from collections.abc import Mapping

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "Passed": "Passed",
        "Failing": "Failing",
        "Waiting": "Waiting",
        "Error": "Error",
        "Unseen": "Not yet",
        "Pending": "Pending",
        "Preparing": "Preparing",
        "Active": "Active",
        "Completed": "Completed",
        "Blocked": "Blocked",
        "Refused": "Failed",
        "Resetting": "Resetting",
        "Deleting": "Deleting",
        "step": "Step {number} of {of}: {title}",
        "points": "{score} of {max_score} points",
        "checks": "What is checked",
        "hints": "Hints",
        "next": "Next",
        "done": "Done: {of} of {of} steps, {score} of {max_score} points.",
        "debrief": "What happened, and why",
        "question": "Answer: {program} answer {lab} {check} TEXT",
        "choices": "one of: {choices}",
        "files": "Its files:",
        "hint": "A hint:",
        "live": "Live:",
        "again": "This step again:",
        "over": "Start over:",
        "go_on": "The next lab:",
    },
    "zh": {
        "Passed": "通过",
        "Failing": "未通过",
        "Waiting": "等待",
        "Error": "出错",
        "Unseen": "尚未",
        "Pending": "排队中",
        "Preparing": "准备中",
        "Active": "进行中",
        "Completed": "已完成",
        "Blocked": "受阻",
        "Refused": "无效",
        "Resetting": "重置中",
        "Deleting": "删除中",
        "step": "第 {number} 步，共 {of} 步：{title}",
        "points": "{score} / {max_score} 分",
        "checks": "检查项",
        "hints": "提示",
        "next": "接下来",
        "done": "完成：全部 {of} 步，{score} / {max_score} 分。",
        "debrief": "发生了什么，为什么",
        "question": "回答：{program} answer {lab} {check} 答案",
        "choices": "可选：{choices}",
        "files": "取文件：",
        "hint": "看提示：",
        "live": "实时：",
        "again": "重做本步：",
        "over": "重来：",
        "go_on": "下一个实验：",
    },
}


def word(language: str, name: str, **values: object) -> str:
    """The words of this name in the language, English where it has none."""
    words = _WORDS.get(language.split("-", maxsplit=1)[0], _WORDS["en"])
    return words[name].format(**values)


def phase_word(language: str, phase: str) -> str:
    """A phase as a person reads it; `Failed` is a lab that was refused, not a learner who failed."""
    return word(language, "Refused" if phase == "Failed" else phase)
