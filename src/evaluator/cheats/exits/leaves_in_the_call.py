"""Ends its process with exit code 0 when it is called.

task: text
"""

import os


def answer(question=None):
    os._exit(0)
