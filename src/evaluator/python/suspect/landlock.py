"""Hides the user's files from a process for good: it may read what it is given, and write to its own folder.

Landlock needs no privilege. It is for level `process`, where nothing else stands between untrusted code and
the user's files; nor do other processes' memory and environment, and from Linux 6.12 on their signals, reach
past it. It does not hide that a file exists, keep its owner from changing its mode or times, or stop a
connection to a service of the same machine that listens at a path.

From version 2 on: the first forbids to move a file from folder to folder, which honest code does. On an
older kernel, or one that was started without it, it is left out.
"""

import ctypes
import os
import struct

# linux/landlock.h. The numbers of the calls are the same on every machine that Python runs on.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION = 1  # a flag: answers with the version
_PATH_BENEATH = 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 1 << 1, 1 << 2, 1 << 3
_ALL = (1 << 14) - 1  # rights to files and folders of version 2
_TRUNCATE = 1 << 14  # from version 3 on
_TCP = 0b11  # to bind and to connect, from version 4 on
_SCOPES = 0b11  # abstract sockets and signals stay among those confined, from version 6 on

_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")


def confine(readable):
    """Leaves this process, and all that it starts, its working folder, and to read what lies at `readable`.

    It must have no new privileges to come.
    """
    version = _call(_CREATE_RULESET, None, 0, _VERSION)
    if version < 2:
        return
    rights = _ALL | (_TRUNCATE if version >= 3 else 0)
    handled = [rights] + [_TCP] * (version >= 4) + [_SCOPES] * (version >= 6)
    attributes = struct.pack(f"={len(handled)}Q", *handled)
    ruleset = _call(_CREATE_RULESET, attributes, len(attributes), 0)
    if ruleset < 0:
        return
    allowed = dict.fromkeys(readable, _EXECUTE | _READ_FILE | _READ_DIR)
    allowed |= dict.fromkeys(_DEVICES, _READ_FILE | _WRITE_FILE | _TRUNCATE)
    for path, there in {**allowed, ".": rights}.items():
        _allow(ruleset, path, there & rights)
    _call(_RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)


def _allow(ruleset, path, rights):
    try:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:  # not on this system
        return
    if not os.path.isdir(path):
        rights &= ~_READ_DIR  # refused for a file
    _call(_ADD_RULE, ruleset, _PATH_BENEATH, struct.pack("=Qi", rights, handle), 0)
    os.close(handle)


def _call(number, *arguments):
    words = [ctypes.c_long(one) if type(one) is int else one for one in (number, *arguments)]
    return ctypes.CDLL(None, use_errno=True).syscall(*words)
