"""Recurses as deep as Python can be told to.

task: text
slow: it takes seconds to fall over
"""

import sys

sys.setrecursionlimit(1_000_000)


def answer(question=None):
    return [answer(question)]
