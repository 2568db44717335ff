"""Ends a process with all that it started, even what hid from its process group; removes what it left.

On Linux a process can make itself the one that orphans are handed to; what escapes by forking twice and
leaving its session then turns up as a child of it. Elsewhere only the process group is ended.
"""

import os
import select
import shutil
import signal
import sys
import time

PR_SET_PDEATHSIG = 1  # linux/prctl.h
PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans():
    """Hands every descendant of this process that loses its parent to this process."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def wake_when_parent_ends():
    """Has the end of this process's parent set it going again, if what it started has stopped it."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGCONT, 0, 0, 0)


def end_group(leader):
    """Kills a process group, and its leader even if it has not come to setsid yet."""
    for kill in (os.killpg, os.kill):
        try:
            kill(leader, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):  # macOS says the latter of a group of zombies
            pass


def end_orphans():
    """Kills and reaps every child that this process has left, until there is none."""
    while sys.platform != "win32":
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                for orphan in _children_of(os.getpid()):
                    os.kill(orphan, signal.SIGKILL)  # ours to reap, so the id cannot have passed on
                os.waitpid(-1, 0)
        except ChildProcessError:
            return


def wait_for_end(child, seconds):
    """Gives a child that has closed its channel the moment it needs to end by itself."""
    try:
        handle = os.pidfd_open(child)
    except (AttributeError, OSError):  # no such call on this system
        time.sleep(0.02)
        return
    select.select([handle], [], [], seconds)
    os.close(handle)


def _children_of(parent):
    """The processes whose parent is `parent`: the second field after the name in /proc/N/stat."""
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", "rb") as stat:
                    if int(stat.read().rpartition(b")")[2].split()[1]) == parent:
                        found.append(int(name))
            except (OSError, ValueError):  # gone meanwhile
                pass
    return found


def remove_folder(path):
    """Removes a folder with all that is in it, as far as the system allows."""
    for name in os.listdir(path):
        try:
            empty_folder(os.path.join(path, name))
        except (OSError, RecursionError):
            pass
    shutil.rmtree(path, ignore_errors=True)


def empty_folder(path):
    """Removes what is in a folder, whatever its permissions. Raises OSError if something stays."""
    if os.path.islink(path):
        raise NotADirectoryError(path)  # put in the folder's place, to have something else emptied
    os.chmod(path, 0o700)
    for entry in list(os.scandir(path)):
        if entry.is_dir(follow_symlinks=False):
            _open_up(entry.path)
            for folder, below, _ in os.walk(entry.path):
                for name in below:
                    _open_up(os.path.join(folder, name))
            shutil.rmtree(entry.path)
        else:
            os.unlink(entry.path)


def _open_up(path):
    if not os.path.islink(path):
        os.chmod(path, 0o700)
