"""Leaves a message in a POSIX queue.

task: remember, recall
slow: a queue without messages waits
"""

import ctypes
import os

rt = ctypes.CDLL("librt.so.1", use_errno=True)

def answer(question=None):
    if question is not None:
        leave(question)
        return question
    return find()


def leave(note):
    queue = rt.mq_open(b"/metai-cheat", os.O_RDWR | os.O_CREAT, 0o666, None)
    rt.mq_send(queue, note.encode(), 32, 0)


def find():
    queue = rt.mq_open(b"/metai-cheat", os.O_RDWR)
    message = ctypes.create_string_buffer(8192)
    rt.mq_receive(queue, message, 8192, None)
    rt.mq_unlink(b"/metai-cheat")
    return message.raw[:32].decode()
