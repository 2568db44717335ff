"""Matches a regular expression that never comes to an end.

task: text
slow: it meets the time limit
"""

import re


def answer(question=None):
    return re.match(r"(a+)+$", "a" * 64 + "b")
