"""Returns a list that a thread changes all the while, so that what is checked is not what is used.

task: list
"""

import threading
import time


class Everything:
    def __eq__(self, other):
        return True


def flicker(items):
    end = time.monotonic() + 1
    while time.monotonic() < end:
        items[:] = ["plain", ["plain", "plain"]]
        items[:] = [Everything(), [Everything()] * 2]
        time.sleep(0.001)


def answer(question=None):
    items = [Everything(), [Everything()] * 2]
    threading.Thread(target=flicker, args=(items,), daemon=True).start()
    return items
