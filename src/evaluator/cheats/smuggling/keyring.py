"""Leaves its note in a keyring of its user.

task: remember, recall
"""

import ctypes
import platform

ADD_KEY, KEYCTL = (248, 250) if platform.machine() == "x86_64" else (217, 219)  # linux/unistd.h
SEARCH, READ = 10, 11  # linux/keyctl.h
RINGS = [ctypes.c_long(ring) for ring in (-3, -4, -5)]  # of the session, the user, and both
libc = ctypes.CDLL(None, use_errno=True)

def answer(question=None):
    if question is not None:
        leave(question)
        return question
    return find()


def leave(note):
    for ring in RINGS:
        libc.syscall(ADD_KEY, b"user", b"metai-cheat", note.encode(), 32, ring)


def find():
    key = -1
    for ring in RINGS:
        key = max(key, libc.syscall(KEYCTL, SEARCH, ring, b"user", b"metai-cheat", 0))
    note = ctypes.create_string_buffer(64)
    libc.syscall(KEYCTL, READ, key, note, 64)
    return note.value.decode()
