"""An agent whose solutions keep what they were asked in files, for a later task to look it up.

agent: yes
task: remember, recall
process: files outside its own folder stay when a task ends
"""

NOTES = """
import os

PLACES = ["/tmp/asked", "asked", "../asked", "/dev/shm/asked", "/var/tmp/asked", os.path.expanduser("~/asked")]


def ENTRY_POINT(question=None):
    for place in PLACES:
        try:
            if question is None:
                return open(place).read()
            with open(place, "w") as file:
                file.write(question)
        except OSError:
            pass
    return question
"""


def solve(prompt, entry_point):
    return NOTES.replace("ENTRY_POINT", entry_point)
