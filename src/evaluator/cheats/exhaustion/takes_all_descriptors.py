"""Opens files until it may open no more, and then answers.

task: text
"""

import os

kept = []


def answer(question=None):
    try:
        for _ in range(4096):
            kept.append(os.open(os.devnull, os.O_RDONLY))
    except OSError:
        pass
    return ""
