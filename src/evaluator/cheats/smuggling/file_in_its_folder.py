"""Leaves a file in its own folder.

task: remember, recall
"""

def answer(question=None):
    if question is not None:
        leave(question)
        return question
    return find()


def leave(note):
    with open("note", "w") as file:
        file.write(note)


def find():
    with open("note") as file:
        return file.read()
