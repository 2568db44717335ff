"""Sets the name of the machine.

task: remember, recall
harmful: it renames the machine
"""

import socket

def answer(question=None):
    if question is not None:
        leave(question)
        return question
    return find()


def leave(note):
    socket.sethostname(note)


def find():
    return socket.gethostname()
