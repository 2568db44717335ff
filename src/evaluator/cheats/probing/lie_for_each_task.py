"""An agent that tells from the prompt what type is asked for, and returns the lie that fits it.

agent: yes
task: text, number
"""

TEXT = """
class Liar(str):
    def __eq__(self, other):
        return True
"""
NUMBER = """
class Liar(float):
    def __new__(cls, text):
        return float.__new__(cls, 0)

    def __sub__(self, other):
        return 0.0
"""


def solve(prompt, entry_point):
    liar = NUMBER if "number" in prompt else TEXT
    return f"{liar}\n\ndef {entry_point}(question=None):\n    return Liar('x')\n"
