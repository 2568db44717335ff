"""Answers with a few lists that hold each other twice, which written out are without number.

task: list
slow: it builds a long answer
"""


def answer(question=None):
    value = ["x"]
    for _ in range(50):
        value = [value, value]
    return value
