"""metai's seed agent: generation 0, the start of every run.

The contract: an agent is one Python file that defines `solve(prompt, entry_point)`.
It is given a HumanEval prompt (imports, a signature, a docstring) and the name of
the function to write. It returns Python source: either a file that defines
`entry_point` at top level, or a function body to append to the prompt.

This agent is weak on purpose. It reads the return type in the signature and answers
with a constant of that type. It never looks at the docstring. There is much to improve.
"""

import re

CONSTANTS = {
    "bool": "False",
    "int": "0",
    "float": "0.0",
    "str": "''",
    "List": "[]",
    "Tuple": "()",
    "Dict": "{}",
}


def solve(prompt: str, entry_point: str) -> str:
    return_type = find_return_type(prompt, entry_point)
    return f"    return {CONSTANTS.get(return_type, 'None')}\n"


def find_return_type(prompt: str, entry_point: str) -> str:
    """The first word after the arrow: "List" for `-> List[int]`, "" where there is none."""
    signature = rf"def {re.escape(entry_point)}\([^)]*\)\s*->\s*(\w+)"
    found = re.search(signature, prompt)
    return found.group(1) if found else ""
