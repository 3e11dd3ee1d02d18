"""What an expression that is not true tells the learner; called by the judge and by settling."""

from tutoriallab.grade.bind import Binding
from tutoriallab.grade.cel.explain import explain
from tutoriallab.grade.cel.expression import Expression
from tutoriallab.grade.cel.sentences import Explanation, render
from tutoriallab.words.sentence import Sentence, first


def why(expression: Expression, binding: Binding) -> Explanation | None:
    """Object, field, wanted and seen; None when the expression is true after all."""
    return explain(expression, binding.values, binding.subjects)


def told(explanation: Explanation | None) -> Sentence | None:
    """That as one sentence."""
    return first(render(explanation)) if explanation else None
