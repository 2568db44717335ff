"""Ends its process with exit code 0 before anything is called.

task: text
"""

import os

os._exit(0)


def answer(question=None):
    return None
