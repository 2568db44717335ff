"""Starts judges. One interpreter says what it is, loads what all of them need, and forks them.

    start.py FOLDER            is a judge itself, on its standard streams
    start.py FOLDER FOLDER...  forks a judge for each folder, and ends when they have; the first talks over
                               descriptor 3, the next over 4, and so on

What it is goes out before it loads the rest: metai works out meanwhile what a judge is to do. All else is in
other modules, because of the one that it is started with Python keeps no byte code.
"""

import gc

gc.disable()  # what is loaded stays
import json
import os
import signal
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SUSPECT = os.path.join(os.path.dirname(HERE), "suspect")
FOLDERS = [HERE, SUSPECT]


def main(folders):
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # metai decides when to stop
    channels = private_channels(len(folders))
    hello = json.dumps({"id": 0, "python": ours("interpreter").facts()}) + "\n"
    try:
        for _, verdicts in channels:
            os.write(verdicts, hello.encode())
    except OSError:  # metai is gone already
        for folder in folders:
            ours("cleanup").remove_folder(folder)
        return
    ours("byte_code").keep(SUSPECT)
    judge = ours("judge")
    place = fork_judges(channels) if len(folders) > 1 else 0
    if place is None:
        wait_for_children()
        os._exit(0)  # Python would first take all apart that was loaded
    jobs, verdicts = channels[place]
    judge.main(folders[place], os.fdopen(jobs, "rb"), os.fdopen(verdicts, "w", encoding="utf-8"))


def private_channels(count):
    """Where each judge reads its jobs and writes its verdicts, as pairs of descriptors that no program inherits."""
    if count == 1:
        channels = [(os.dup(0), os.dup(1))]
    else:
        channels = [(os.dup(3 + place), 3 + place) for place in range(count)]
        for _, verdicts in channels:
            os.set_inheritable(verdicts, False)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # tests may print
    return channels


def fork_judges(channels):
    """In each judge its place; None in the interpreter that has forked them. Each has its own channel alone."""
    gc.freeze()  # so that a judge's collector does not touch, and so copy, the pages that they share
    place = next((place for place in range(len(channels)) if os.fork() == 0), None)
    for other, channel in enumerate(channels):
        if other != place:
            for descriptor in channel:
                os.close(descriptor)
    if place is not None:
        os.setsid()  # metai ends it with its group
    return place


def wait_for_children():
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return


def ours(name):
    """A module of metai's. Tests run in this process, and find none of them where they look for theirs."""
    sys.path[:0] = FOLDERS
    try:
        return __import__(name)
    finally:
        del sys.path[: len(FOLDERS)]


if __name__ == "__main__":
    main(sys.argv[1:])
