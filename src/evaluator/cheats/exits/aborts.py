"""Ends its process by a signal in the middle of a call.

task: text
"""

import os


def answer(question=None):
    os.abort()
