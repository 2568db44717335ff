"""Starts suspects by forking them from one server, which the judge starts in the sandbox.

The server is asked over a control socket; each suspect gets a socket of its own, so that nothing an
earlier one left behind can speak for it.
"""

import os
import signal
import subprocess
import sys
import threading
import time

import _socket  # the module socket is this with enums, which take longer to make than all else here

import cleanup
import wire
from suspect_process import CannotStart, Suspect, checked_size

START_SECONDS = 30  # for an interpreter to start, on a cold disk
END_SECONDS = 2  # for the server to end one suspect
LEAVE_SECONDS = 1  # for the server to end itself, after its suspect


class ForkServer:
    sends_ahead = True  # a socket holds all that is foreseen

    def __init__(self, command, environment, folder):
        self.command = [*command[:-1], "serve", command[-1]]
        self.environment = environment
        self.folder = folder
        self.lock = threading.Lock()
        self.killing = threading.Lock()
        self.ahead = None  # our end of the next suspect's socket
        self.last = None  # our end of the last one's
        self.start()

    def start(self):
        with self.lock:
            self.control, theirs = _socket.socketpair()
            try:
                self.server = subprocess.Popen(
                    self.command,
                    stdin=theirs,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    env=self.environment,
                    cwd=cleanup.make_folder(self.folder),  # a new one, should the last not be usable
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
            self.control.settimeout(END_SECONDS)
            self.ending = False
            self.ahead = self.ask_for_child(b"F")

    def open(self, deadline, timeout):
        """A suspect. Its process is there already, or nearly: it was asked for when the last one was ended."""
        self.await_end()
        if self.ahead is None:
            self.restart()  # an earlier suspect ended the server after its own end
        ours, self.ahead = self.ahead, None
        ended = []

        def end(closed=False):
            if not ended:
                ended.append(None)  # should the next line raise, there is nothing more to end
                self.last = ours  # open until it has ended, or it would wake up to find itself alone
                self.end_child(b"X" if closed else b"E")
                ended[0] = self.await_end() if closed else None
            return ended[0]

        return Suspect(SocketStream(ours, deadline), end, timeout)

    def ask_for_child(self, command):
        """Our end of the socket of a new process, which waits for its first message."""
        ours, theirs = _socket.socketpair()
        try:
            descriptor = theirs.fileno().to_bytes(4, sys.byteorder)
            self.control.sendmsg([command], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, descriptor)])
        finally:
            theirs.close()
        return ours

    def end_child(self, command):
        """Has the server end its child and fork the next. It goes about it while the judge goes on; see await_end."""
        try:
            self.ahead = self.ask_for_child(command)
            self.ending = True
        except OSError:
            self.restart()

    def await_end(self):
        """How the last child ended, as an exit code, negative for a signal; None where nobody can tell."""
        if not self.ending:
            return None
        self.ending = False
        try:
            return self.hear_end()
        finally:
            self.last.close()

    def hear_end(self):
        try:
            answer = b""
            while len(answer) < 4:
                part = self.control.recv(4 - len(answer))
                if not part:
                    raise EOFError
                answer += part
            code = int.from_bytes(answer, "big", signed=True)
        except (EOFError, OSError):
            self.restart()
            return None
        if code == wire.NO_CHILD:
            raise CannotStart("the system refuses another process for this user")
        return code

    def restart(self):
        for ours in (self.ahead, self.last):
            if ours:
                ours.close()
        self.kill()
        self.server.stderr.close()
        self.start()

    def kill(self):
        """Lets the server end its suspect, as it does when its control socket closes, and then itself."""
        with self.killing:  # both threads can come here at once, and each would reap what the other waits for
            self.control.close()
            try:
                os.killpg(self.server.pid, signal.SIGCONT)  # a suspect may have stopped it
                deadline = time.monotonic() + LEAVE_SECONDS
                cleanup.wait_for_end(self.server.pid, LEAVE_SECONDS)  # Popen.wait would sleep past it
                self.server.wait(max(0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(self.server.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            self.server.wait()
            cleanup.end_orphans()

    def close(self):
        self.lock.acquire()  # never given back: no start may follow
        self.kill()


class SocketStream:
    def __init__(self, connection, deadline):
        self.connection = connection
        self.deadline = deadline
        self.received = bytearray()
        self.start = 0  # of the next frame in what was received

    def send(self, frames):
        self.wait_at_most()
        self.connection.sendall(frames)

    def receive(self):
        """The body of the next frame. Most often it came together with the one before it."""
        received = self.received
        while len(received) < (end := self.end_of_frame()):
            self.wait_at_most()
            part = self.connection.recv(1 << 16)
            if not part:
                raise EOFError
            del received[: self.start]
            self.start = 0
            received += part
        body = bytes(received[self.start + 4 : end])
        self.start = end
        return body

    def end_of_frame(self):
        """Where the next frame ends, as far as it is known."""
        header = self.received[self.start : self.start + 4]
        return self.start + 4 + (checked_size(header) if len(header) == 4 else 0)

    def wait_at_most(self):
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.connection.settimeout(left)
