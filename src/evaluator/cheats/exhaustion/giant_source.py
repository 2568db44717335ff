"""An agent whose solution is as long as a message may be, all of it code.

agent: yes
task: text
slow: it takes the compiler to its limit
"""


def solve(prompt, entry_point):
    filling = "".join(f"x{number} = {number} + x\n" for number in range(180_000))
    return f"def {entry_point}(question=None):\n    return 'passed'\nx = 0\n{filling}"
