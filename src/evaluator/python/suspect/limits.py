"""What a suspect's process gives up before it runs a line of untrusted code.

Every limit here is one that no honest solution meets. Where a system lacks one it is left out: what then
remains is the wall clock, which the judge holds.
"""

import os
import sys

import cleanup

try:
    import resource
except ImportError:  # Windows
    resource = None

PR_SET_PDEATHSIG = 1  # linux/prctl.h
PR_SET_DUMPABLE = 4
PR_SET_NO_NEW_PRIVS = 38
LINUX_CAPABILITY_VERSION_3 = 0x20080522  # linux/capability.h
CLONE_NEWUSER = 0x10000000  # linux/sched.h
SIGKILL = 9

# A block of user ids that no system hands out, for what root starts.
UNUSED_UIDS = 0x70000000

_libc = None
if sys.platform == "linux":
    import ctypes

    import landlock
    import seccomp

    _libc = ctypes.CDLL(None, use_errno=True)


def apply(limits):
    """Sets the limits {memory_bytes, file_bytes, open_files, readable} on this process and its children.

    `readable`, where there is one, lists the only files and folders that it may read.
    """
    if _libc:
        if os.getuid() == 0:
            _leave_root()
        _libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        hide_memory()
        cleanup.know_folder()
        if "readable" in limits:
            proc = [] if cleanup.keep_children_in_sight() else ["/proc"]
            landlock.confine([*limits["readable"], *proc])
    for name, value in (
        ("RLIMIT_AS", limits["memory_bytes"]),
        ("RLIMIT_FSIZE", limits["file_bytes"]),
        ("RLIMIT_NOFILE", limits["open_files"]),
        ("RLIMIT_MSGQUEUE", 0),  # a queue would outlive its process
        ("RLIMIT_CORE", 0),
    ):
        _lower(name, value)
    if _libc:
        seccomp.install()


def hide_memory():
    """No process of the same user may reach into this one: its memory, its descriptors."""
    if _libc:
        _libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def prepare_child(limits):
    """What a child does first, as a function: all that can be worked out is, before it is forked.

    It sets {processes, cpu_seconds}. All processes of a user count, also those that have nothing to do with
    us: so the limit is not for the server, which has to fork. Unless it is {contained}, in a sandbox that ends
    with the server, it also sees to it that its end comes with its parent's.
    """
    pairs = [_lowered("RLIMIT_NPROC", limits["processes"]), _lowered("RLIMIT_CPU", limits["cpu_seconds"])]
    pairs = [pair for pair in pairs if pair]
    prctl = None if limits.get("contained") or not _libc else _libc.prctl

    def confine():
        if prctl:
            prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0)
        cleanup.forget_server()
        for number, value in pairs:
            _set(number, value)

    return confine


def _lower(name, value):
    pair = _lowered(name, value)
    if pair:
        _set(*pair)


def _lowered(name, value):
    """The number of a limit and the pair to set it to, which is never above what it is; None if there is none."""
    number = getattr(resource, name, None)
    if number is None:
        return None
    hard = resource.getrlimit(number)[1]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    return number, (value, value)


def _set(number, pair):
    try:
        resource.setrlimit(number, pair)
    except (OSError, ValueError):  # macOS refuses RLIMIT_AS
        pass


def _leave_root():
    """Becomes a user that no one else is, not even another suspect, in a user namespace of its own, without capabilities.

    Where that user could not read the interpreter, because it lies below root's home, only the real user
    id changes: Linux counts processes by it, and exempts root's.
    """
    uid = UNUSED_UIDS + int.from_bytes(os.urandom(3), "big")
    try:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, 0)
        readable = os.access(os.__file__, os.R_OK, effective_ids=True)
        os.setresuid(uid, 0, 0)
        if readable:
            os.chown(".", uid, uid)
            os.setresuid(uid, uid, uid)
    except OSError:  # a container that lacks the capability, or does not map the id
        pass
    _libc.unshare(CLONE_NEWUSER)  # where the system lets an ordinary user do so
    header = (ctypes.c_uint32 * 2)(LINUX_CAPABILITY_VERSION_3, 0)
    none = (ctypes.c_uint32 * 6)()
    _libc.capset(header, none)
