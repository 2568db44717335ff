"""An agent whose source ends for some readers at a NUL, with something else behind it.

agent: yes
task: text
"""


def solve(prompt, entry_point):
    honest = f"def {entry_point}(question=None):\n    return 'honest'\n"
    behind = "class Everything(str):\n    def __eq__(self, other):\n        return True\n"
    return f"{honest}\0\n{behind}\n{entry_point} = lambda *question: Everything()\n"
