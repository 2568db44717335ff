"""Announces a message of four gigabytes and sends nothing more.

task: text
"""

import os


def answer(question=None):
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, b"\xff\xff\xff\xff")
        except OSError:
            pass
    return ""
