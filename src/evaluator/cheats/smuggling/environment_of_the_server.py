"""Changes the environment, the limits and the modules of its process, for the next to inherit.

task: remember, recall
"""

import os
import sys
import threading

def answer(question=None):
    if question is not None:
        leave(question)
        return question
    return find()


def leave(note):
    os.environ["METAI_NOTE"] = note
    sys.modules["metai_note"] = note
    sys.path.append(note)
    threading.main_thread().name = note


def find():
    import gc

    if "METAI_NOTE" in os.environ:
        return os.environ["METAI_NOTE"]
    found = [text for text in sys.path if len(text) == 32]
    return sys.modules.get("metai_note", found[0] if found else threading.main_thread().name)
