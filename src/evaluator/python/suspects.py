"""The judge's hold on its suspects: start one, talk with it until a deadline, end it with all it started.

Two ways to start one, with the same three methods: `ForkServer` (a fork a suspect) and `Spawner` (an
interpreter a suspect, where there is no fork). A suspect that does not answer raises `Verdict`.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time

import cleanup
import wire

START_SECONDS = 30  # for an interpreter to start, on a cold disk
PATIENCE_SECONDS = 0.2  # for a process that has closed its channel to end
END_SECONDS = 5  # for the fork server to kill one child


class Verdict(BaseException):
    """What became of a task, thrown from wherever that became clear. Nothing in a test may catch it."""

    def __init__(self, outcome, reason):
        super().__init__(outcome, reason)
        self.outcome = outcome
        self.reason = reason


class CannotStart(Exception):
    """No suspect can be started: a fault of the machinery, never an outcome."""


class Suspect:
    """One untrusted process. `lost` keeps the first fault, for a test that swallows what it raised."""

    def __init__(self, stream, end, timeout):
        self.stream = stream
        self.end = end
        self.timeout = timeout
        self.lost = None

    def ask(self, message):
        if self.lost is None:
            try:
                self.stream.send(wire.pack(message))
                return wire.unpack(self.stream.receive())
            except TimeoutError:
                self.lost = Verdict("timeout", f"no result within {self.timeout:g} s")
            except wire.BadMessage as fault:
                self.lost = Verdict("crashed", f"its process sent bytes that are no message ({fault})")
            except (EOFError, OSError):
                self.lost = Verdict("crashed", how_it_ended(self.end(closed=True)))
        raise self.lost

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()


def how_it_ended(code):
    if code is None:
        return "it ended the process that had started it"
    if code == -signal.SIGABRT:
        return "its process aborted"
    if code < 0 and -code == getattr(signal, "SIGKILL", 9):  # ours, if it still ran
        return "its process closed its channel or was killed"
    if code < 0:
        return f"its process was ended by signal {-code}"
    return f"its process ended (exit code {code})"


class ForkServer:
    def __init__(self, command, environment, folder):
        self.command = [*command[:-1], "serve", command[-1]]
        self.environment = environment
        self.folder = folder
        self.lock = threading.Lock()
        self.start()

    def start(self):
        with self.lock:
            self.control, theirs = socket.socketpair()
            try:
                self.server = subprocess.Popen(
                    self.command,
                    stdin=theirs,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    env=self.environment,
                    cwd=self.folder,
                    start_new_session=True,
                )
            except OSError as error:
                raise CannotStart(str(error)) from error
            finally:
                theirs.close()
            self.control.settimeout(START_SECONDS)
            try:
                ready = self.control.recv(1)
            except OSError:
                ready = b""
            if ready != b"R":
                self.kill()
                raise CannotStart(self.server.stderr.read(2000).decode("utf-8", "replace").strip())

    def open(self, deadline, timeout):
        ours, theirs = socket.socketpair()
        try:
            self.control.settimeout(END_SECONDS)
            socket.send_fds(self.control, [b"F"], [theirs.fileno()])
        except OSError:  # an earlier suspect ended the server after its own end
            self.restart()
            socket.send_fds(self.control, [b"F"], [theirs.fileno()])
        theirs.close()
        ended = []

        def end(closed=False):
            if not ended:
                ended.append(self.end_child(b"X" if closed else b"E"))
                ours.close()
            return ended[0]

        return Suspect(SocketStream(ours, deadline), end, timeout)

    def end_child(self, command):
        try:
            self.control.settimeout(END_SECONDS)
            self.control.sendall(command)
            answer = b""
            while len(answer) < 4:
                part = self.control.recv(4 - len(answer))
                if not part:
                    raise EOFError
                answer += part
            return int.from_bytes(answer, "big", signed=True)
        except (EOFError, OSError):
            self.restart()
            return None

    def restart(self):
        self.kill()
        self.server.stderr.close()
        self.start()

    def kill(self):
        self.control.close()
        try:
            os.killpg(self.server.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.server.wait()

    def close(self):
        """For good. The server ends its child when its control socket closes."""
        self.lock.acquire()  # never given back: no start may follow
        self.control.close()
        try:
            self.server.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self.server.kill()


class SocketStream:
    def __init__(self, connection, deadline):
        self.connection = connection
        self.deadline = deadline

    def send(self, frame):
        self.wait_at_most()
        self.connection.sendall(frame)

    def receive(self):
        return self.read(checked_size(self.read(4)))

    def read(self, size):
        body = bytearray()
        while len(body) < size:
            self.wait_at_most()
            part = self.connection.recv(min(size - len(body), 1 << 16))
            if not part:
                raise EOFError
            body += part
        return bytes(body)

    def wait_at_most(self):
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.connection.settimeout(left)


class Spawner:
    def __init__(self, command, environment, folder):
        self.command = [*command[:-1], "once", command[-1]]
        self.environment = environment
        self.folder = folder
        self.lock = threading.Lock()
        self.process = None
        cleanup.adopt_orphans()

    def open(self, deadline, timeout):
        with self.lock:
            try:
                self.process = process = subprocess.Popen(
                    self.command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env=self.environment,
                    cwd=self.folder,
                    bufsize=0,
                    start_new_session=True,
                )
            except OSError as error:
                raise CannotStart(str(error)) from error
        stream = PipeStream(process, deadline)
        ended = []

        def end(closed=False):
            if not ended:
                stream.watchdog.cancel()
                running = not has_ended(process, PATIENCE_SECONDS if closed else 0)
                kill_tree(process)
                code = process.wait()
                if sys.platform == "linux":
                    cleanup.end_orphans()
                process.stdin.close()
                process.stdout.close()
                cleanup.empty_folder(self.folder)
                ended.append(-9 if running else code)
            return ended[0]

        return Suspect(stream, end, timeout)

    def close(self):
        self.lock.acquire()
        if self.process and self.process.poll() is None:
            kill_tree(self.process)


class PipeStream:
    """A pipe cannot be read with a time-out on every system, so a watchdog kills the process instead."""

    def __init__(self, process, deadline):
        self.process = process
        self.deadline = deadline
        self.watchdog = threading.Timer(max(0, deadline - time.monotonic()), kill_tree, [process])
        self.watchdog.daemon = True
        self.watchdog.start()

    def send(self, frame):
        view = memoryview(frame)
        while view:
            view = view[self.process.stdin.write(view) :]

    def receive(self):
        return self.read(checked_size(self.read(4)))

    def read(self, size):
        body = bytearray()
        while len(body) < size:
            part = self.process.stdout.read(min(size - len(body), 1 << 16))
            if not part:
                raise TimeoutError if time.monotonic() >= self.deadline else EOFError
            body += part
        return bytes(body)


def checked_size(header):
    size = int.from_bytes(header, "big")
    if size > wire.MAX_MESSAGE:
        raise wire.BadMessage("too large")
    return size


def has_ended(process, patience):
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        return False
    return True


def kill_tree(process):
    if sys.platform == "win32":
        subprocess.run(
            ["taskkill", "/T", "/F", "/PID", str(process.pid)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        return
    cleanup.end_group(process.pid)
