"""Leaves its note in an extended attribute of its folder.

task: remember, recall
"""

import os

def answer(question=None):
    if question is not None:
        leave(question)
        return question
    return find()


def leave(note):
    os.setxattr(".", "user.note", note.encode())


def find():
    return os.getxattr(".", "user.note").decode()
