"""Answers with more than any memory holds, a little at a time.

task: list
slow: it builds a long answer
"""

def answer(question=None):
    value = ["x" * 1000] * 1000
    return [value] * 1000
