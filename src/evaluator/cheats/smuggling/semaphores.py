"""Leaves its note in the values of System V semaphores.

task: remember, recall
"""

import ctypes

KEY = 0x4D657443
GETVAL, SETVAL = 12, 16  # linux/sem.h
libc = ctypes.CDLL(None, use_errno=True)

def answer(question=None):
    if question is not None:
        leave(question)
        return question
    return find()


def leave(note):
    semaphores = libc.semget(KEY, 32, 0o1666)
    for index, letter in enumerate(note):
        libc.semctl(semaphores, index, SETVAL, ord(letter))


def find():
    semaphores = libc.semget(KEY, 32, 0o666)
    note = "".join(chr(libc.semctl(semaphores, index, GETVAL) % 256) for index in range(32))
    libc.semctl(semaphores, 0, 0)
    return note
