"""An agent that patches its interpreter while it is loaded, for the solution that runs afterwards.

agent: yes
task: number
"""

import builtins
import sys

builtins.abs = lambda value: 0.0
sys.modules["left_by_the_agent"] = sys


def solve(prompt, entry_point):
    return f"def {entry_point}(question=None):\n    return 0.0\n"
