"""Ends a process with all that it started, even what hid from its process group; removes what it left.

On Linux a process can make itself the one that orphans are handed to; what escapes by forking twice and
leaving its session then turns up as a child of it. Elsewhere only the process group is ended.
"""

import os
import select
import signal
import sys
import time

PR_SET_PDEATHSIG = 1  # linux/prctl.h
PR_SET_CHILD_SUBREAPER = 36
IN_ALL_EVENTS = 0xFFF  # linux/inotify.h
IN_ATTRIB = 0x4

# To look ourselves takes 0.05 ms each time; to end a watch takes the kernel 20 ms, once.
LOOKS = 300

# What everyone may write to, and so set the times of to now. The machine's own, in every sandbox.
DEVICES = tuple(f"/dev/{name}" for name in ("null", "zero", "full", "random", "urandom", "tty"))

_children = None  # descriptor of a list of this process's children, where /proc may be out of sight later
_watch = None  # descriptor that tells whether the working folder was touched, once there is one
_looked = 0  # how often we have looked ourselves
_began = time.time_ns()
_touched = {}  # device -> when it was touched last, as far as we know


def adopt_orphans():
    """Hands every descendant of this process that loses its parent to this process."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def keep_children_in_sight():
    """For a process of one thread that will see /proc no more. False where the kernel keeps no such list."""
    global _children
    try:
        _children = os.open(f"/proc/self/task/{os.getpid()}/children", os.O_RDONLY)
    except OSError:
        return False
    return True


def know_folder():
    """Sees what the working folder and the devices are like before anyone has touched them."""
    try:
        _restore(".")
    except OSError:  # the interpreter itself may lie in /tmp: then each suspect has a server of its own
        pass
    _touched.update((device, _time_of(device)) for device in DEVICES)


def _watch_folder():
    """Has the kernel tell whether anyone does anything with the working folder, down to listing it."""
    global _watch
    import ctypes

    libc = ctypes.CDLL(None)
    _watch = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
    watched = [libc.inotify_add_watch(_watch, os.fsencode(path), IN_ATTRIB) for path in DEVICES]
    watched += [libc.inotify_add_watch(_watch, b".", IN_ALL_EVENTS)]
    if watched[-1] < 0:  # the system has none of it, or this user has too much of it: we look ourselves
        _watch = None


def forget_server():
    """For what the server has forked: closes what is the server's alone."""
    for descriptor in (_children, _watch):
        if descriptor is not None:
            os.close(descriptor)


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
                for orphan in _own_children():
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


def _own_children():
    """The ids of this process's children."""
    if _children is not None:
        return [int(child) for child in os.pread(_children, 1 << 16, 0).split()]
    try:
        return _listed_children()
    except OSError:  # the kernel keeps no such list, or a thread has just ended
        return _found_children()


def _listed_children():
    """As the kernel lists them, for each thread."""
    listed = []
    for thread in os.listdir("/proc/self/task"):
        with open(f"/proc/self/task/{thread}/children", "rb") as children:
            listed += [int(child) for child in children.read().split()]
    return listed


def _found_children():
    """Among all processes: whose parent is the second field after the name in /proc/N/stat."""
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", "rb") as stat:
                    if int(stat.read().rpartition(b")")[2].split()[1]) == os.getpid():
                        found.append(int(name))
            except (OSError, ValueError):  # gone meanwhile
                pass
    return found


def make_folder(parent):
    """A new folder of this user's own."""
    path = os.path.join(parent, os.urandom(8).hex())
    os.mkdir(path, 0o700)
    return path


def remove_folder(path):
    """Removes a folder with all that is in it, as far as the system allows."""
    for name in os.listdir(path):
        try:
            _empty(os.path.join(path, name))
            os.rmdir(os.path.join(path, name))
        except (OSError, RecursionError):
            pass
    _remove_tree(path, ignore_errors=True)


def empty_folder(path):
    """Makes what two suspects have in common, one after the other, what it was at first.

    That is the working folder with its mode and times, and the times of devices. Raises OSError if
    something stays in the folder.
    """
    global _looked
    if _untouched():
        return
    _restore(path)
    _touch_devices()
    if _watch is not None:
        while not _untouched():  # but by ourselves
            pass
        return
    _looked += 1
    if _looked == LOOKS and sys.platform == "linux":
        _watch_folder()


def _restore(path):
    _empty(path)
    _remove_attributes(path)
    os.utime(path, ns=(_began, _began))


def _touch_devices():
    """Sets the times of those that were touched to now, which is all that anyone but root can set them to."""
    for device in DEVICES:
        if _time_of(device) != _touched.get(device):
            try:
                os.utime(device)
            except OSError:  # then no suspect could either
                pass
            _touched[device] = _time_of(device)


def _time_of(device):
    try:
        return os.stat(device).st_mtime_ns
    except OSError:  # not on this system
        return None


def _untouched():
    """Whether nothing was done since this was asked last."""
    try:
        return _watch is not None and not os.read(_watch, 1 << 16)
    except BlockingIOError:
        return True


def _empty(path):
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
            _remove_tree(entry.path)
        else:
            os.unlink(entry.path)


def _remove_tree(path, ignore_errors=False):
    try:
        os.rmdir(path)  # most often there is nothing in it
    except OSError:
        import shutil  # loads half a dozen more

        shutil.rmtree(path, ignore_errors)


def _remove_attributes(path):
    """Extended ones, which only a system without our filter on system calls lets a suspect set."""
    try:
        for name in os.listxattr(path):
            if name.startswith(("user.", "system.posix_acl_")):
                os.removexattr(path, name)
    except (AttributeError, OSError):  # this system, or this file system, has none
        pass


def _open_up(path):
    if not os.path.islink(path):
        os.chmod(path, 0o700)
