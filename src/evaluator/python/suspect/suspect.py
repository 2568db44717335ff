"""The suspect's side: runs untrusted code, one fresh process for each piece of it.

It holds an agent, or a solution under test, and never a test. Started by the judge in one of two ways:

    suspect.py serve    a fork server. Standard input is a control socket to the judge. Each `F` brings
                        a socket, over which a newly forked child talks to the judge; `E` ends that child
                        and all that it started, and answers how it ended; `X` does so once it has had a
                        moment to end by itself.
    suspect.py once     where there is no fork: this process is the child, on its standard streams.

The interpreter starts with -S, and is told the path: what .pth files import would cost every child.

A child reads one job, answers it, and for a solution then answers calls until it is killed.
"""

import os
import symtable
import sys
import types

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import cleanup
import heap
import limits
import wire

del sys.path[0]

# What solutions commonly import, loaded once so that a fork has it for nothing. Not random, statistics or
# threading: each has Python do work in every child, at the price of up to a bare fork.
COMMON = (
    "bisect collections copy functools hashlib heapq itertools json math operator re string typing"
)

PATIENCE_SECONDS = 0.2  # for a child that has closed its channel to end


def serve(control, settings):
    """Forks a child for each request until the judge is gone. Never waits for anything but the judge."""
    import gc
    import socket

    gc.disable()  # what is set up here stays
    for name in COMMON.split():
        __import__(name)
    cleanup.adopt_orphans()
    limits.apply(settings["limits"])
    cleanup.wake_when_parent_ends()  # last: a change of user id undoes it
    confine = limits.prepare_child(settings["limits"])
    rehearse()
    gc.collect()
    heap.fill_gaps()
    gc.freeze()  # so that a child's collector does not touch, and so copy, the shared pages
    gc.enable()
    silence()
    control.sendall(b"R")  # once nothing is left that could fail
    control_fd = control.fileno()
    one_descriptor = socket.CMSG_LEN(4)
    child = None
    while True:
        try:
            command, ancillary, _, _ = control.recvmsg(1, one_descriptor)
        except OSError:
            command = b""
        if command == b"F":
            connection = int.from_bytes(ancillary[0][2], sys.byteorder)
            child = fork()
            if child == 0:
                os.setsid()
                os.close(control_fd)
                run_child(connection, connection, confine)
            os.close(connection)
            continue
        if command == b"X" and child:
            cleanup.wait_for_end(child, PATIENCE_SECONDS)
        status = end_child(child) if child else wire.NO_CHILD
        child = None
        if command == b"":
            os._exit(0)  # Python would first take all apart that was set up here
        silence()  # a lock, or a flag, stays with an open file, and these all children inherit
        cleanup.empty_folder(".")  # if it cannot be, this server ends, and the next has a folder of its own
        control.sendall(status.to_bytes(4, "big", signed=True))


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


def silence():
    """Leaves nothing to read from, and nowhere to print to."""
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    os.close(null)


def run_child(receive_fd, send_fd, confine):
    """The life of one child: its own limits, one job, and no way back to the server."""
    try:
        confine()
        Child(receive_fd, send_fd).run()
    finally:
        os._exit(0)


REHEARSALS = 12  # from 8 on Python specialises what it runs

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


class Child:
    def __init__(self, receive_fd, send_fd):
        self.receive_fd = receive_fd
        self.send_fd = send_fd
        self.received = bytearray()

    def run(self):
        job = self.receive()
        if job["do"] == "load":
            self.answer(lambda: self.load_agent(job["source"]) and None)
        elif job["do"] == "solve":
            self.answer(lambda: self.load_agent(job["source"])(job["prompt"], job["entry_point"]))
        else:
            self.serve_calls(job)

    def load_agent(self, source):
        """An agent's `solve`. The agent is a module of its own, so that dataclasses and pickling work."""
        code = compile_untrusted(source, "agent.py")
        module = types.ModuleType("agent")
        sys.modules["agent"] = module
        exec(code, module.__dict__)
        solve = getattr(module, "solve", None)
        if not callable(solve):
            raise Unusable("it defines no function solve(prompt, entry_point)")
        return solve

    def serve_calls(self, job):
        """Runs prompt and solution in one fresh namespace, as the official harness does; then its function."""
        namespace = {}

        def load():
            exec(compile_untrusted(program_of(job), "solution.py"), namespace)
            if not callable(namespace.get(job["entry_point"])):
                raise Unusable(f"it defines no function {job['entry_point']}")

        self.answer(load)
        while True:
            arguments, keywords = self.receive()
            self.answer(lambda: namespace[job["entry_point"]](*arguments, **keywords))

    def answer(self, work):
        """Sends what `work` returns or raises, as plain data."""
        try:
            self.send(self.framed(work))
        except wire.BadMessage:
            self.send(wire.pack({"too_large": True}))

    def framed(self, work):
        try:
            return wire.pack_value(work())
        except wire.BadMessage:
            raise
        except Unusable as error:
            message = {"unusable": str(error)}
        except wire.NotPlain as error:
            message = {"unplain": str(error)}
        except BaseException as error:
            message = describe(error)
        return wire.pack(message)

    def send(self, frame):
        view = memoryview(frame)
        while view:
            view = view[os.write(self.send_fd, view) :]

    def receive(self):
        size = int.from_bytes(self.take(4), "big")
        return wire.unpack_trusted(self.take(size))

    def take(self, size):
        """So many bytes. Most often they came together with those before them."""
        received = self.received
        while len(received) < size:
            part = os.read(self.receive_fd, 1 << 16)
            if not part:
                raise JudgeGone
            received += part
        taken = bytes(received[:size])
        del received[:size]
        return taken


class JudgeGone(BaseException):
    """There is nobody to answer."""


class Unusable(Exception):
    """Source that is no agent, or no solution. The message is for the user."""


def compile_untrusted(source, filename):
    try:
        return compile(source, filename, "exec", dont_inherit=True)
    except SyntaxError as error:
        raise Unusable(f"it does not compile: {error.msg} (line {error.lineno})") from None
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        raise Unusable(f"it does not compile: {type(error).__name__}") from None


def program_of(job):
    """The program that a solution makes: a whole one, or the prompt completed by it.

    An agent's is whole if it binds the entry point at top level; for a sample, its author has said so.
    """
    source = job["source"]
    whole = job.get("whole")
    if whole is not None:
        return source if whole else job["prompt"] + source
    if job["entry_point"] not in source:
        return job["prompt"] + source
    try:
        symbol = symtable.symtable(source, "solution.py", "exec").lookup(job["entry_point"])
        alone = symbol.is_assigned() or symbol.is_imported()
    except (SyntaxError, KeyError, ValueError, RecursionError, MemoryError):
        alone = False
    return source if alone else job["prompt"] + source


def describe(error):
    """An exception as type name, text and the last line of untrusted source that it passed through."""
    line = 0
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in ("agent.py", "solution.py"):
            line = trace.tb_lineno
        trace = trace.tb_next
    try:
        text = str(error)[:300]
    except BaseException:
        text = ""
    return {"raised": type(error).__name__, "text": text, "line": line}


def main():
    import json

    settings = json.loads(sys.argv[2])
    sys.path[:] = settings["path"]
    if sys.argv[1] == "serve":
        import socket

        serve(socket.socket(fileno=os.dup(0)), settings)
    else:
        receive_fd, send_fd = os.dup(0), os.dup(1)
        silence()
        limits.apply(settings["limits"])
        run_child(receive_fd, send_fd, limits.prepare_child(settings["limits"]))


if __name__ == "__main__":
    main()
