"""An agent whose solutions keep what they were asked in files, for a later task to look it up.

agent: yes
task: remember, recall
process: files outside its own folder stay when a task ends
process-where: no-landlock
"""

NOTES = """
import os

PLACES = ["..", "/tmp", "/dev/shm", "/var/tmp", os.path.expanduser("~")]


def ENTRY_POINT(question=None):
    for place in PLACES:
        note = f"{place}/asked-{os.getppid()}"
        try:
            if question is None:
                with open(note) as file:
                    question = file.read()
                os.unlink(note)
                return question
            with open(note, "w") as file:
                file.write(question)
            return question
        except OSError:
            pass
        except TypeError:  # the official harness has taken unlink away
            return question
    return question
"""


def solve(prompt, entry_point):
    return NOTES.replace("ENTRY_POINT", entry_point)
