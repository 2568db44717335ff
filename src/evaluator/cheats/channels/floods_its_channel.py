"""Fills its channel with noise that nobody has asked for.

task: text
slow: it writes until it is stopped
"""

import os


def answer(question=None):
    while True:
        for descriptor in range(3, 16):
            try:
                os.write(descriptor, b"\0" * 65536)
            except OSError:
                pass
