"""A filter on system calls, for what no honest solution asks of the kernel.

It closes two kinds of holes. Objects that outlive the process that made them, in which one task could leave
a note for the next: System V shared memory, keys, TIME_WAIT connections, a limit set on the server that the
next suspect inherits. And memory that RLIMIT_AS does not count, as memfd_create gives.

What it refuses fails with an ordinary OSError, most often as on a kernel that was built without it. Nothing
is ever killed for asking. A filter is inherited and cannot be taken off, so the fork server installs it
once for all that it starts.

It is left out, as a resource limit is, on a machine whose numbers are not listed here and on a kernel
without filters: everything else that walls a suspect in still stands, and an evaluator that refused to
start, or took the weaker level, would be the worse of the two.
"""

import ctypes
import errno
import os
import struct
import sys

# x86_64 (arch/x86/entry/syscalls/syscall_64.tbl), aarch64 (include/uapi/asm-generic/unistd.h), Linux 6.18
_LACKING = {  # as on a kernel built without it
    "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195), "shmdt": (67, 197),
    "msgget": (68, 186), "msgsnd": (69, 189), "msgrcv": (70, 188), "msgctl": (71, 187),
    "semget": (64, 190), "semop": (65, 193), "semctl": (66, 191), "semtimedop": (220, 192),
    "mq_open": (240, 180), "mq_unlink": (241, 181), "mq_timedsend": (242, 182),
    "mq_timedreceive": (243, 183), "mq_notify": (244, 184), "mq_getsetattr": (245, 185),
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    "memfd_create": (319, 279), "memfd_secret": (447, 447),
    "userfaultfd": (323, 282), "perf_event_open": (298, 241), "bpf": (321, 280), "kcmp": (312, 272),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "clone3": (435, 435),  # its flags lie where no filter sees them; libc then takes clone
    "process_madvise": (440, 440), "process_mrelease": (448, 448), "cachestat": (451, 451),
}
_FORBIDDEN = {
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438), "migrate_pages": (256, 238), "move_pages": (279, 239),
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430), "fsconfig": (431, 431),
    "fsmount": (432, 432), "fspick": (433, 433), "mount_setattr": (442, 442),
    "unshare": (272, 97), "setns": (308, 268), "personality": (135, 92), "vmsplice": (278, 75),
    "fadvise64": (221, 223),  # evicts what the system has cached of a file that others read too
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265), "fanotify_init": (300, 262),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106),
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "reboot": (169, 142),
    "swapon": (167, 224), "swapoff": (168, 225), "quotactl": (179, 60), "quotactl_fd": (443, 443),
    "acct": (163, 89), "syslog": (103, 116), "settimeofday": (164, 170), "clock_settime": (227, 112),
    "adjtimex": (159, 171), "clock_adjtime": (305, 266), "sethostname": (170, 161),
    "setdomainname": (171, 162), "iopl": (172, None), "ioperm": (173, None), "modify_ldt": (154, None),
}
_UNSUPPORTED = {"setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7)}  # by this file system

_LAST = 456  # futex_requeue, of Linux 6.7: what is newer, or x32's, does not exist here

_NEW_NAMESPACES = 0x7E020000  # CLONE_NEW*, linux/sched.h
_CLONE_PARENT = 0x00008000
_AF_UNIX = 1
_RWF_NOWAIT = 8  # linux/fs.h: tells what an earlier process has read
# asm-generic/ioctls.h and linux/fs.h: TIOCSTI, TIOCLINUX, FS_IOC_SETFLAGS, FS_IOC_SETVERSION, FS_IOC_FSSETXATTR
_IOCTLS = (0x5412, 0x541C, 0x40086602, 0x40087602, 0x401C5820)
# linux/fcntl.h: F_SETLEASE, F_NOTIFY, F_SET_RW_HINT and F_SET_FILE_RW_HINT, which stay with a read-only file
_FCNTLS = (1024, 1026, 1036, 1038)

# (name, numbers, index of an argument, what it is compared by, with what). To set something of another
# process is refused, even to one of the same user: the server's limits and priority are inherited.
_CONDITIONAL = (
    ("socket", (41, 198), 0, "other than", _AF_UNIX),  # loopback connections linger, its counters stay
    ("socketpair", (53, 199), 0, "other than", _AF_UNIX),
    ("clone", (56, 220), 0, "bits", _NEW_NAMESPACES | _CLONE_PARENT),
    ("prlimit64", (302, 261), 0, "other than", 0),
    ("setpriority", (141, 140), 1, "other than", 0),
    ("ioprio_set", (251, 30), 1, "other than", 0),
    ("sched_setaffinity", (203, 122), 0, "other than", 0),
    ("sched_setscheduler", (144, 119), 0, "other than", 0),
    ("sched_setparam", (142, 118), 0, "other than", 0),
    ("sched_setattr", (314, 274), 0, "other than", 0),
    ("preadv2", (327, 286), 5, "bits", _RWF_NOWAIT),
    ("ioctl", (16, 29), 1, "one of", _IOCTLS),
    ("fcntl", (72, 25), 1, "one of", _FCNTLS),
)

# (machine as os.uname() says) -> (AUDIT_ARCH_* of linux/audit.h, column of the tables, number of seccomp)
_MACHINES = {"x86_64": (0xC000003E, 0, 317), "aarch64": (0xC00000B7, 1, 277)}

_PR_SET_SECCOMP = 22  # linux/prctl.h
_SET_MODE_FILTER = 1  # linux/seccomp.h
_FLAG_SPEC_ALLOW = 4  # else kernels before 5.16 switch off speculation, which slows everything down

# linux/bpf_common.h and linux/filter.h
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _IF_BITS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data
_ALLOW = [(_RETURN, 0, 0, 0x7FFF0000)]


def install():
    """Installs the filter on this process, which must have no new privileges to come, if that is possible."""
    machine = _MACHINES.get(os.uname().machine)
    if machine is None or struct.calcsize("P") != 8 or sys.byteorder != "little":
        return
    architecture, column, seccomp = machine
    filters = b"".join(struct.pack("=HBBI", *one) for one in program(architecture, column))
    body = ctypes.create_string_buffer(filters, len(filters))
    fprog = ctypes.create_string_buffer(struct.pack("HP", len(filters) // 8, ctypes.addressof(body)))
    libc = ctypes.CDLL(None, use_errno=True)
    for flags in (_FLAG_SPEC_ALLOW, 0):
        if libc.syscall(*map(ctypes.c_long, (seccomp, _SET_MODE_FILTER, flags)), fprog) == 0:
            return
    libc.prctl(_PR_SET_SECCOMP, ctypes.c_long(2), fprog, 0, 0)


def program(architecture, column):
    """The filter as instructions (code, jump if true, jump if false, constant).

    A binary search over the numbers. For one that is always allowed the kernel knows so beforehand, from
    Linux 5.11 on, and does not run it.
    """
    cases = {}
    for table, code in ((_LACKING, errno.ENOSYS), (_FORBIDDEN, errno.EPERM), (_UNSUPPORTED, errno.EOPNOTSUPP)):
        cases |= {numbers[column]: _refuse(code) for numbers in table.values()}
    for _, numbers, *condition in _CONDITIONAL:
        cases[numbers[column]] = _refuse_if(*condition)
    cases.pop(None, None)

    ranges = [(0, _ALLOW)]
    for number in sorted(cases):
        if ranges[-1][0] == number:
            ranges.pop()
        if not ranges or ranges[-1][1] != cases[number]:
            ranges.append((number, cases[number]))
        ranges.append((number + 1, _ALLOW))
    ranges.append((_LAST + 1, _refuse(errno.ENOSYS)))
    return [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_IF_EQUAL, 1, 0, architecture),
        *_refuse(errno.ENOSYS),
        (_LOAD, 0, 0, _NUMBER),
        *_search(ranges),
    ]


def _search(ranges):
    if len(ranges) == 1:
        return ranges[0][1]
    middle = len(ranges) // 2
    below = _search(ranges[:middle])
    return [(_IF_AT_LEAST, len(below), 0, ranges[middle][0]), *below, *_search(ranges[middle:])]


def _refuse(code):
    return [(_RETURN, 0, 0, 0x00050000 | code)]  # SECCOMP_RET_ERRNO


def _refuse_if(index, comparison, value):
    """An argument that is an int, as all of these are, is the low half of its register."""
    load = (_LOAD, 0, 0, _ARGUMENTS + 8 * index)
    refusal = _refuse(errno.EPERM)
    if comparison == "other than":
        return [load, (_IF_EQUAL, 1, 0, value), *refusal, *_ALLOW]
    if comparison == "bits":
        return [load, (_IF_BITS, 0, 1, value), *refusal, *_ALLOW]
    equal = [(_IF_EQUAL, len(value) - place, 0, one) for place, one in enumerate(value)]
    return [load, *equal, *_ALLOW, *refusal]
