"""Which calls a test will make, learnt by running it once against a stand-in, before any suspect is asked.

A call then need not wait for the answer to the one before it: the judge sends all that it foresees at
once, and reads the answers as the test asks for them. The stand-in answers everything with an object that
equals everything, so what is foreseen holds no answer of anybody's: a call whose arguments depend on an
answer is not foreseen, nor is any after it.
"""

import functools

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


@functools.lru_cache(maxsize=512)
def foreseen_calls(task_id, prompt, test, entry_point):
    """The frames of the first calls that a test will make, if two rehearsals agree on them."""
    first = _rehearse(task_id, prompt, test, entry_point)
    return first if first == _rehearse(task_id, prompt, test, entry_point) else ()


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
    return wire.pack({"args": wire.encode(args), "kwargs": wire.encode(kwargs)})


def test_namespace(task_id, prompt, test, entry_point):
    """A fresh namespace with the prompt's helpers and the test's `check`, as the official harness has."""
    namespace = {}
    try:
        exec(_compiled(prompt), namespace)
        exec(_compiled(test), namespace)
        namespace["check"]
    except Exception as error:
        raise BadTask(f"the test of {task_id} does not run: {error!r}") from error
    return namespace


@functools.lru_cache(maxsize=1024)
def _compiled(source):
    return compile(source, "test.py", "exec", dont_inherit=True)
