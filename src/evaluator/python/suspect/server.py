"""A fork server: one process that forks a child for each suspect, and ends it with all that it started."""

import gc
import os
import sys
from _socket import CMSG_LEN, socket  # without the enums of the module socket, and what those load

import cleanup
import heap
import limits
import wire
from child import run_child, silence
from rehearsal import rehearse

PATIENCE_SECONDS = 0.2  # for a child that has closed its channel to end


def serve(limits_given):
    """Forks a child for each request until the judge is gone. Never waits for anything but the judge."""
    control_fd = os.dup(0)
    control = socket(fileno=control_fd)
    cleanup.adopt_orphans()
    limits.apply(limits_given)
    cleanup.wake_when_parent_ends()  # last: a change of user id undoes it
    confine = limits.prepare_child(limits_given)
    gc.freeze()  # what was loaded: the collector need not look at it
    rehearse()
    gc.collect()
    heap.fill_gaps()
    gc.freeze()  # so that a child's collector does not touch, and so copy, the shared pages
    gc.collect()  # of nothing: it begins to count anew
    gc.enable()
    silence()
    control.sendall(b"R")  # once nothing is left that could fail
    one_descriptor = CMSG_LEN(4)
    child = None
    while True:
        try:
            command, ancillary, _, _ = control.recvmsg(1, one_descriptor)
        except OSError:
            command = b""
        if command == b"X" and child:
            cleanup.wait_for_end(child, PATIENCE_SECONDS)
        status = end_child(child) if child else wire.NO_CHILD
        if command == b"":
            os._exit(0)  # Python would first take all apart that was set up here
        if command != b"F":
            silence()  # a lock, or a flag, stays with an open file, and these all children inherit
            cleanup.empty_folder(".")  # if it cannot be, this server ends, and the next has a folder of its own
            control.sendall(status.to_bytes(4, "big", signed=True))
        connection = int.from_bytes(ancillary[0][2], sys.byteorder)
        child = fork()
        if child == 0:
            os.setsid()
            os.close(control_fd)
            run_child(connection, connection, confine)
        os.close(connection)


def fork():
    """0 in the child, its process id in the server; None where the system refuses another process."""
    try:
        return os.fork()
    except OSError:
        return None


def end_child(child):
    """Ends a child with all its descendants; returns its exit code, negative for a signal."""
    cleanup.end_group(child)
    _, status = os.waitpid(child, 0)
    cleanup.end_orphans()
    return os.waitstatus_to_exitcode(status)
