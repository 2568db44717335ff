"""Starts a thread that redefines check in every namespace it can find, again and again.

slow: it waits for its thread
task: text
"""

import gc
import sys
import threading
import time


def redefine():
    end = time.monotonic() + 1
    while time.monotonic() < end:
        for frame in sys._current_frames().values():
            while frame:
                if "check" in frame.f_globals:
                    frame.f_globals["check"] = print
                if frame.f_code.co_name == "check":
                    stolen.extend(c for c in frame.f_code.co_consts if type(c) is str)
                frame = frame.f_back
        time.sleep(0.0001)


stolen = []
gc.disable()
sys.setswitchinterval(1e-6)
threading.Thread(target=redefine, daemon=True).start()


def answer(question=None):
    time.sleep(0.01)
    return stolen[0] if stolen else "nothing"
