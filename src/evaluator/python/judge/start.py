"""Starts a judge: says what interpreter it runs on, and only then loads what it needs to judge.

metai works out meanwhile what it is to do. All else is in other modules, because of the one that it is
started with Python keeps no byte code.
"""

import json
import os
import signal
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDERS = [HERE, os.path.join(os.path.dirname(HERE), "suspect")]


def main():
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # metai decides when to stop
    verdicts = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # tests may print
    hello = {"id": 0, "python": ours("interpreter").facts()}
    try:
        print(json.dumps(hello), file=verdicts, flush=True)
    except OSError:  # metai is gone already
        ours("cleanup").remove_folder(sys.argv[1])
        os._exit(0)
    ours("judge").main(sys.argv[1], verdicts)


def ours(name):
    """A module of metai's. Tests run in this process, and find none of them where they look for theirs."""
    sys.path[:0] = FOLDERS
    try:
        return __import__(name)
    finally:
        del sys.path[: len(FOLDERS)]


if __name__ == "__main__":
    main()
