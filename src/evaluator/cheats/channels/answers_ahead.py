"""Sends answers of its own on its channel before it is asked.

task: list
"""

import json
import os


def frame(message):
    body = json.dumps(message).encode()
    return len(body).to_bytes(4, "big") + body


for descriptor in range(3, 64):
    try:
        os.write(descriptor, frame({"value": None}) + frame({"value": True}) * 50)
    except OSError:
        pass


def answer(question=None):
    return []
