"""A child's life, played in the fork server before there is any child."""

import os

import wire
from child import Child, JudgeGone

REHEARSALS = 9  # from 8 on Python specialises what it runs

# typing keeps the types that it has made once.
REHEARSED = """from typing import Any, Dict, List, Optional, Tuple, Union

_ = Dict[str, int], List[Any], List[bool], List[float], List[List[int]], Optional[float], Optional[int], Optional[str]
_ = Tuple[float, float], Tuple[int, int], Tuple[str, str], Union[int, float], Union[int, str]


def rehearsed(numbers: List[int], name: str) -> List[str]:
    \"\"\" A solution like many.
    >>> rehearsed([1], 'a')
    ['a']
    \"\"\"
"""


def rehearse():
    """Plays a child's life in the server, so that what Python sets up on first use is there for every child."""
    job = {"do": "solution", "prompt": REHEARSED, "entry_point": "rehearsed", "whole": False}
    job["source"] = "    return [name for number in numbers if number > 0]\n"
    script = wire.pack_trusted(job) + wire.pack_trusted((([1, 2], "a"), {})) * 2
    for _ in range(REHEARSALS):
        theirs, ours = os.pipe()
        unread, answers = os.pipe()
        os.write(ours, script)
        os.close(ours)
        try:
            Child(theirs, answers).run()
        except JudgeGone:
            pass
        for descriptor in (theirs, unread, answers):
            os.close(descriptor)
