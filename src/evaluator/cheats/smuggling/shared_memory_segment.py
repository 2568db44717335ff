"""Leaves a segment of System V shared memory.

task: remember, recall
"""

import ctypes

KEY = 0x4D657441
libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
libc.shmat.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_int]

def answer(question=None):
    if question is not None:
        leave(question)
        return question
    return find()


def leave(note):
    segment = libc.shmget(KEY, 4096, 0o1666)
    address = libc.shmat(segment, None, 0)
    ctypes.memmove(address, note.encode(), len(note))


def find():
    address = libc.shmat(libc.shmget(KEY, 4096, 0o666), None, 0)
    libc.shmctl(libc.shmget(KEY, 4096, 0o666), 0, None)
    return ctypes.string_at(address, 32).decode()
