"""Leaves a message in a System V queue.

task: remember, recall
"""

import ctypes

KEY = 0x4D657442
libc = ctypes.CDLL(None, use_errno=True)

def answer(question=None):
    if question is not None:
        leave(question)
        return question
    return find()


def leave(note):
    queue = libc.msgget(KEY, 0o1666)
    message = ctypes.create_string_buffer((1).to_bytes(8, "little") + note.encode())
    libc.msgsnd(queue, message, 32, 0o4000)


def find():
    queue = libc.msgget(KEY, 0o666)
    message = ctypes.create_string_buffer(64)
    libc.msgrcv(queue, message, 32, 0, 0o4000)
    libc.msgctl(queue, 0, None)
    return message.raw[8:40].decode()
