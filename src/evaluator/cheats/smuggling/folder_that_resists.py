"""Leaves files in a folder that nobody may enter, remove or list.

task: remember, recall
"""

import os

def answer(question=None):
    if question is not None:
        leave(question)
        return question
    return find()


def leave(note):
    os.makedirs("deep/er")
    with open("deep/er/note", "w") as file:
        file.write(note)
    os.chmod("deep/er", 0)
    os.chmod("deep", 0)


def find():
    os.chmod("deep", 0o700)
    os.chmod("deep/er", 0o700)
    with open("deep/er/note") as file:
        return file.read()
