"""Keeps the byte code of the suspect's side, which may write nothing itself, where Python looks for it."""

import os
import sys


def keep(folder):
    """Compiles what has changed. Where nothing can be written, each start of a suspect's server compiles it."""
    if sys.dont_write_bytecode:
        return
    for name in os.listdir(folder):
        module, extension = os.path.splitext(name)
        if extension == ".py" and module != "start":
            source = os.path.join(folder, name)
            kept = os.path.join(folder, "__pycache__", f"{module}.{sys.implementation.cache_tag}.pyc")
            if not os.path.exists(kept) or os.path.getmtime(kept) < os.path.getmtime(source):
                type(__loader__)(module, source).get_code(module)  # keeps it on the way
