"""Raises KeyboardInterrupt, as if the user had stopped the evaluation.

task: text
"""

def answer(question=None):
    raise KeyboardInterrupt
