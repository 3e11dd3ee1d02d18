"""What an expression that is not true tells the learner, as one sentence; called by the judge and by settling."""

from tutoriallab.grade.bind import Binding
from tutoriallab.grade.cel.explain import explain
from tutoriallab.grade.cel.expression import Expression
from tutoriallab.grade.cel.sentences import render
from tutoriallab.words.sentence import Sentence, first


def tell(expression: Expression, binding: Binding) -> Sentence | None:
    """The sentence: object, field, wanted and seen; None when the expression is true after all."""
    found = explain(expression, binding.values, binding.subjects)
    return first(render(found)) if found else None
