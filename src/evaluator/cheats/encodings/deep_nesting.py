"""Returns a list nested a hundred thousand deep, in a list that equals everything.

slow: so many lists take a while to build and to drop
task: list
"""


class Deep(list):
    def __eq__(self, other):
        return True


def answer(question=None):
    deep = []
    for _ in range(100_000):
        deep = [deep]
    return Deep([Deep(), Deep(), deep])
