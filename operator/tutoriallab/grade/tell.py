"""What an expression that is not true tells the learner, as one sentence; called by the judge and by settling."""

from tutoriallab.grade.bind import Binding
from tutoriallab.grade.cel.explain import explain
from tutoriallab.grade.cel.expression import Expression
from tutoriallab.grade.cel.sentences import render


def tell(expression: Expression, binding: Binding) -> str:
    """The sentence: object, field, wanted and seen; empty when the expression is true after all."""
    found = explain(expression, binding.values, binding.subjects)
    text = render(found) if found else ""
    # A sentence about what is not there begins with a word, not with an object or a field.
    return "N" + text[1:] if text.startswith("no ") else text
