"""Leaves a file in the folders that every program may write to.

task: remember, recall
process: other folders that everyone may write to stay as they were left
process-where: no-landlock
"""

import os

def answer(question=None):
    if question is not None:
        leave(question)
        return question
    return find()


def leave(note):
    for folder in ("/dev/shm", "/var/tmp", "/run/lock", "/dev/mqueue", "/run"):
        try:
            with open(f"{folder}/metai-cheat-note", "w") as file:
                file.write(note)
        except OSError:
            pass


def find():
    for folder in ("/dev/shm", "/var/tmp", "/run/lock", "/dev/mqueue", "/run"):
        try:
            with open(f"{folder}/metai-cheat-note") as file:
                note = file.read()
            os.unlink(file.name)
            return note
        except (OSError, TypeError):  # the official harness has taken unlink away
            pass
