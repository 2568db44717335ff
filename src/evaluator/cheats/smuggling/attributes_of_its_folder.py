"""Leaves its note in the times and rights of its folder.

task: remember, recall
"""

import os

def answer(question=None):
    if question is not None:
        leave(question)
        return question
    return find()


def leave(note):
    number = int(note, 16)
    first, second, rest = number % 2**60, (number >> 60) % 2**60, number >> 120
    os.chmod(".", 0o700 | rest & 63 | (rest & 64) << 3 | (rest & 128) << 4)
    os.utime(".", ns=(first, second))


def find():
    found = os.stat(".")
    rest = found.st_mode & 63 | (found.st_mode & 0o1000) >> 3 | (found.st_mode & 0o4000) >> 4
    return f"{rest << 120 | found.st_mtime_ns << 60 | found.st_atime_ns:032x}"
