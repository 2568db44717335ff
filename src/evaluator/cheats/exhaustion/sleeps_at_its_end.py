"""Answers at once, and is then in no hurry to end: atexit, threads and destructors all wait.

task: text
"""

import atexit
import sys
import threading
import time


class Lasting:
    def __del__(self):
        time.sleep(20)


lasting = Lasting()
atexit.register(time.sleep, 20)


def answer(question=None):
    threading.Thread(target=time.sleep, args=(20,)).start()
    sys.lasting = Lasting()
    return "whatever"
