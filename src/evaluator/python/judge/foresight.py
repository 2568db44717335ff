"""Which calls a test will make, learnt by running it once against a stand-in, before any suspect is asked.

A call then need not wait for the answer to the one before it: the judge sends all that it foresees at
once, and reads the answers as the test asks for them. The stand-in answers everything with an object that
equals everything, so what is foreseen holds no answer of anybody's: a call whose arguments depend on an
answer is not foreseen, nor is any after it.
"""

import functools
import re

import wire

MAX_CALLS = 64
MAX_BYTES = 32 * 1024  # well below what a socket holds, so that sending never waits for the suspect


class Agreeable:
    """Agrees with every assertion, as far as one object can. It cannot be encoded."""

    def _yes(self, *_):
        return True

    def _self(self, *_):
        return self

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __bool__ = _yes
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _self
    __abs__ = __round__ = __getitem__ = _self

    def __hash__(self):
        return 0

    def __len__(self):
        return 0

    def __iter__(self):
        return iter(())


class Enough(BaseException):
    """Ends the rehearsal of a test that calls on and on."""


class BadTask(Exception):
    """The benchmark's own test does not run: a fault of the machinery, never an outcome."""


_CALL = re.compile(r"[\w)\]]\(|[A-Za-z_]\s+\(")

_unforeseeable = set()


def foreseen_calls(*keys):
    """The frames of the first calls that a test (task_id, prompt, test, entry_point) will make."""
    return () if keys in _unforeseeable else _foreseen(*keys)


def never_foresee(*keys):
    """To be told once a test has made another call than was foreseen.

    Its solution then gets a second run. Few tests can make that happen, and none twice: a solution that
    draws at random must not be able to draw again.
    """
    _unforeseeable.add(keys)


@functools.lru_cache(maxsize=512)
def _foreseen(task_id, prompt, test, entry_point):
    if _calls_out_of_turn(test):
        return ()
    first = _rehearse(task_id, prompt, test, entry_point)
    return first if first == _rehearse(task_id, prompt, test, entry_point) else ()


def _calls_out_of_turn(test):
    """Whether a test may make other calls when it runs in earnest: at random, or for the message of an assertion.

    Only a failing test makes a message. What looks like a call after a comma may be one in a message.
    """
    return "random" in test or any(_CALL.search(part.partition(",")[2]) for part in test.split("assert")[1:])


def _rehearse(task_id, prompt, test, entry_point):
    namespace = test_namespace(task_id, prompt, test, entry_point)
    frames = []
    size = 0

    def candidate(*args, **kwargs):
        nonlocal size
        frame = call_frame(args, kwargs)
        size += len(frame)
        if size > MAX_BYTES or len(frames) == MAX_CALLS:
            raise Enough
        frames.append(frame)
        return Agreeable()

    namespace[entry_point] = candidate
    try:
        namespace["check"](candidate)
    except (Exception, Enough):  # it wanted more of the answer than there is
        pass
    return tuple(frames)


def call_frame(args, kwargs):
    return wire.pack_trusted((args, kwargs))


def test_namespace(task_id, prompt, test, entry_point):
    """A fresh namespace with the prompt's helpers and the test's `check`, as the official harness has."""
    namespace = {}
    try:
        exec(_compiled(prompt, test), namespace)
        namespace["check"]
    except Exception as error:
        raise BadTask(f"the test of {task_id} does not run: {error!r}") from error
    return namespace


@functools.lru_cache(maxsize=1024)
def _compiled(prompt, test):
    """A prompt ends where a function's body begins; a docstring is a body, but not every prompt has one."""
    try:
        return compile(f"{prompt}\n{test}", "test.py", "exec", dont_inherit=True)
    except SyntaxError:
        return compile(f"{prompt}\n    pass\n{test}", "test.py", "exec", dont_inherit=True)
