"""One suspect as the judge sees it: ask it something and get one answer, or a verdict."""

import signal

import wire


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
        self.called = False  # from then on it may know a test's arguments, and could tell them by how it ends

    def ask(self, message):
        self.tell(wire.pack_trusted(message))
        return self.hear()

    def tell(self, *frames):
        """Sends messages, packed. Their answers come in the same order."""
        if self.lost is None:
            try:
                return self.stream.send(b"".join(frames))
            except (OSError, EOFError) as fault:
                self.lost = self._loss(fault)
        raise self.lost

    def hear(self):
        """The next answer. Raises Verdict where there is none."""
        if self.lost is None:
            try:
                return wire.unpack(self.stream.receive())
            except (OSError, EOFError, wire.BadMessage) as fault:
                self.lost = self._loss(fault)
        raise self.lost

    def _loss(self, fault):
        if isinstance(fault, TimeoutError):
            return Verdict("timeout", f"no result within {self.timeout:g} s")
        if isinstance(fault, wire.BadMessage):
            return Verdict("crashed", f"its process sent bytes that are no message ({fault})")
        code = self.end(closed=True)
        return Verdict("crashed", "its process ended" if self.called else how_it_ended(code))

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


def checked_size(header):
    size = int.from_bytes(header, "big")
    if size > wire.MAX_MESSAGE:
        raise wire.BadMessage("too large")
    return size
