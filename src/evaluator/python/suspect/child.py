"""A suspect's life: one job, in a process that holds nothing else."""

import marshal
import os
import symtable
import sys
import types

import limits
import wire

LARGEST_CODE = 1 << 20  # bytes


def begin(limits_given):
    """Is the only child of this process, which talks to the judge over its standard streams."""
    receive_fd, send_fd = os.dup(0), os.dup(1)
    silence()
    limits.apply(limits_given)
    run_child(receive_fd, send_fd, limits.prepare_child(limits_given))


def run_child(receive_fd, send_fd, confine):
    """The life of one child: its own limits, one job, and no way back to the server."""
    try:
        confine()
        Child(receive_fd, send_fd).run()
    finally:
        os._exit(0)


def silence():
    """Leaves nothing to read from, and nowhere to print to."""
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    os.close(null)


class Child:
    def __init__(self, receive_fd, send_fd):
        self.receive_fd = receive_fd
        self.send_fd = send_fd
        self.received = bytearray()

    def run(self):
        job = self.receive()
        if job["do"] == "compile":
            self.answer(lambda: byte_code_of(job["source"]))
        elif job["do"] == "load":
            self.answer(lambda: self.load_agent(job) and None)
        elif job["do"] == "solve":
            self.answer(lambda: self.load_agent(job)(job["prompt"], job["entry_point"]))
        else:
            self.serve_calls(job)

    def load_agent(self, job):
        """An agent's `solve`. The agent is a module of its own, so that dataclasses and pickling work."""
        compiled = "code" in job
        code = marshal.loads(job["code"]) if compiled else compile_untrusted(job["source"], "agent.py")
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


def byte_code_of(source):
    """An agent's, for suspects to come, or None if it is too large to be sent to each."""
    code = marshal.dumps(compile_untrusted(source, "agent.py"))
    return code if len(code) <= LARGEST_CODE else None


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
