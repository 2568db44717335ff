"""What no evaluator can go below: a bare fork, and plain exec in one process, on the solutions of a benchmark.

    floor.py HumanEval.jsonl.gz  ->  {"forks_per_second": ..., "execs_per_second": ...}

The fork is of a bare interpreter, and its child does nothing. The exec compiles and runs prompt, canonical solution and
test of each task, with no process, no limit and no protection of any kind.
"""

import gzip
import json
import os
import sys
import time

FORKS = 500


def forks_per_second():
    started = time.perf_counter()
    for _ in range(FORKS):
        child = os.fork()
        if child == 0:
            os._exit(0)
        os.waitpid(child, 0)
    return FORKS / (time.perf_counter() - started)


def execs_per_second(problems):
    started = time.perf_counter()
    for problem in problems:
        program = problem["prompt"] + problem["canonical_solution"] + "\n" + problem["test"]
        exec(f"{program}\ncheck({problem['entry_point']})", {})
    return len(problems) / (time.perf_counter() - started)


with gzip.open(sys.argv[1], "rt") as archive:
    problems = [json.loads(line) for line in archive]
output, sys.stdout = sys.stdout, open(os.devnull, "w")  # some solutions print
execs_per_second(problems)  # the first round compiles regular expressions and imports modules
result = {
    "forks_per_second": forks_per_second() if hasattr(os, "fork") else None,
    "execs_per_second": execs_per_second(problems),
}
print(json.dumps(result), file=output)
