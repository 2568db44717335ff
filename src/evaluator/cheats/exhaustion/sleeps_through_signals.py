"""Ignores every signal that can be ignored, and sleeps.

task: text
slow: it meets the time limit
"""

import signal
import time

for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass


def answer(question=None):
    while True:
        time.sleep(1)
