"""Raises GeneratorExit, which is no Exception and passes most handlers.

task: text
"""

def answer(question=None):
    raise GeneratorExit
