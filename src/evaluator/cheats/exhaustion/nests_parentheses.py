"""An agent whose solution has more parentheses than a parser has stack.

agent: yes
task: text
"""


def solve(prompt, entry_point):
    nested = "(" * 100_000 + "1" + ")" * 100_000
    return f"def {entry_point}(question=None):\n    return {nested}\n"
