"""Puts a watcher into the list that it is given, and returns what that was compared with.

task: mutate
"""


class Watcher:
    seen = "nothing"

    def __eq__(self, other):
        Watcher.seen = other
        return False


def answer(question=None):
    question[:] = [Watcher()]
    return Watcher.seen
