"""Leaves no gaps in this process's heap, so that what is forked from it fills few pages, and those in order.

A forked child shares every page until one of the two writes to it; then the page is copied, which costs more
than what most children compute. Python and the C library put new objects into whatever gaps a heap has, one
in each of many pages. With the gaps filled, new objects lie side by side.
"""

import sys

_POOL = 16 * 1024  # Objects/obmalloc.c: from 3.10 on; each holds objects of one size
_FIRST = 64  # the first object of a pool lies no further in
_SMALL = range(48, 513, 16)  # sizes that Python's own allocator serves, as far as an empty bytes reaches
_LARGE = range(8192, 512, -256)  # of the C library
_MOST = 4000  # of one size: enough for any number of gaps, and an end should an allocator be another

_fillers = []


def fill_gaps():
    empty = sys.getsizeof(b"")
    for size in _SMALL:
        for _ in range(_MOST):
            _fillers.append(bytes(size - empty))
            if id(_fillers[-1]) % _POOL <= _FIRST:  # a new pool: the old ones are full
                break
    highest = 0
    for size in _LARGE:
        for _ in range(_MOST):
            _fillers.append(bytes(size - empty))
            if id(_fillers[-1]) > highest:
                highest = id(_fillers[-1])
                break
