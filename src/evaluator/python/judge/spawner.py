"""Starts an interpreter for each suspect, where there is no fork (Windows)."""

import subprocess
import sys
import threading
import time

import cleanup
from suspect_process import CannotStart, Suspect, checked_size

PATIENCE_SECONDS = 0.2  # for a process that has closed its channel to end


class Spawner:
    sends_ahead = False  # a pipe may hold too little, and both sides would wait for each other

    def __init__(self, command, environment, folder):
        self.command = [*command[:-1], "once", command[-1]]
        self.environment = environment
        self.parent = folder
        self.folder = cleanup.make_folder(folder)
        self.lock = threading.Lock()
        self.process = None

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
                cleanup.end_orphans()
                stream.watchdog.join()  # or it would take the next process for one of these
                process.stdin.close()
                process.stdout.close()
                self.clean_folder()
                ended.append(-9 if running else code)
            return ended[0]

        return Suspect(stream, end, timeout)

    def await_end(self):
        """Nothing: `end` has waited for it."""

    def clean_folder(self):
        try:
            cleanup.empty_folder(self.folder)
        except (OSError, RecursionError):
            self.folder = cleanup.make_folder(self.parent)

    def close(self):
        self.lock.acquire()
        if self.process and self.process.poll() is None:
            kill_tree(self.process)
        cleanup.end_orphans()


class PipeStream:
    """A pipe cannot be read with a time-out on every system, so a watchdog kills the process instead."""

    def __init__(self, process, deadline):
        self.process = process
        self.deadline = deadline
        self.watchdog = threading.Timer(max(0, deadline - time.monotonic()), self.expire)
        self.watchdog.daemon = True
        self.watchdog.start()

    def expire(self):
        kill_tree(self.process)
        cleanup.end_orphans()  # one of them may hold the pipe open

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
