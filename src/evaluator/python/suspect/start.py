"""The suspect's side: runs untrusted code, one fresh process for each piece of it.

It holds an agent, or a solution under test, and never a test. Started by the judge in one of two ways:

    start.py serve    a fork server. Standard input is a control socket to the judge. Each command brings
                      a socket, over which a newly forked child talks to the judge. `F` is the first; `E`
                      first ends the last child and all that it started, and answers how it ended; `X`
                      does so once it has had a moment to end by itself.
    start.py once     where there is no fork: this process is the child, on its standard streams.

The interpreter starts with -S, and is told the path: what .pth files import would cost every child.

A child reads one job, answers it, and for a solution then answers calls until it is killed.

What is to run is in other modules: of those Python finds the byte code that the judge has kept.
"""

import gc
import json
import os
import sys

# What solutions commonly import, loaded once so that a fork has it for nothing. No more: each module makes every
# fork a little dearer. Nor random, statistics or threading: those have Python do work in every child.
COMMON = "collections copy functools itertools json math operator re typing"


def main():
    settings = json.loads(sys.argv[2])
    sys.path[:] = [os.path.dirname(os.path.abspath(__file__)), *settings["path"]]
    if sys.argv[1] == "serve":
        gc.disable()  # what is set up here stays
        for name in COMMON.split():
            __import__(name)
        from server import serve as begin
    else:
        from child import begin

    del sys.path[0]
    begin(settings["limits"])


if __name__ == "__main__":
    main()
