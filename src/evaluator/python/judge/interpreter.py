"""What interpreter this is, and where it finds modules."""

import os
import sys


def facts():
    """For a process started with -S, which has not looked for site-packages yet."""
    import site

    site.addpackage = _add_paths_only
    site.main()
    executable = os.path.realpath(sys.executable)
    return {
        "executable": sys.executable,
        "version": "%d.%d.%d" % sys.version_info[:3],
        "prefixes": [sys.prefix, sys.base_prefix, sys.exec_prefix, os.path.dirname(os.path.dirname(executable))],
        "path": sys.path[:],
    }


def _add_paths_only(folder, name, known_paths):
    """In place of site's own, which also runs what .pth files import: it costs more than the rest of a start."""
    try:
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            lines = file.read().splitlines()
    except (OSError, UnicodeDecodeError):
        return
    for line in lines:
        path = os.path.abspath(os.path.join(folder, line.rstrip()))
        if line.strip() and not line.startswith(("#", "import ", "import\t")) and os.path.exists(path):
            sys.path.append(path)
