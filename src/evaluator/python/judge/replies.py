"""What a suspect's reply means. Everything in a reply is untrusted.

Reasons go to a model later. So nothing may enter one that a test's arguments can have reached: once a
solution has been called, only the names of Python's own exceptions do.
"""

import builtins

import wire
from suspect_process import Verdict


def solution_in(reply, suspect):
    """The source that `solve` returned. Raises Verdict if there is none."""
    refuse_limits(reply, "solve")
    if "unusable" in reply:
        raise Verdict("invalid", f"the agent is unusable: {words(reply['unusable'])}")
    if "raised" in reply:
        raise Verdict("failed", f"solve raised {raised(reply)}")
    if "unplain" in reply:
        raise Verdict("invalid", f"solve returned a {words(reply['unplain'])}, not a string")
    source = decoded(reply, suspect)
    if type(source) is not str:
        raise Verdict("invalid", f"solve returned a value of type {type(source).__name__}, not a string")
    return source


def accept_solution(reply):
    """Passes if the solution loaded. No test argument has reached it yet, so its words may be told."""
    refuse_limits(reply, "the solution")
    if "unusable" in reply:
        raise Verdict("invalid", f"the solution is unusable: {words(reply['unusable'])}")
    if "value" not in reply:
        raise Verdict("failed", f"loading the solution raised {raised(reply)}")


def exception_for(reply):
    """The exception that stands in the judge for what a solution did instead of returning plain data."""
    if "raised" not in reply:
        return TypeError("no plain data")
    try:
        return (builtin_exception(reply["raised"]) or Exception)(str(reply.get("text", "")))
    except TypeError:  # a UnicodeError or an ExceptionGroup takes more than a text
        return Exception()


def verdict_of_refusal(reply):
    if "too_large" in reply:
        return Verdict("limit", f"the solution returned more than {wire.MAX_MESSAGE >> 20} MB")
    if "raised" not in reply:
        return Verdict("failed", "the solution returned a value that is no plain data")
    kind = builtin_exception(reply["raised"])
    if kind is MemoryError:
        return Verdict("limit", "the solution met the memory limit")
    return Verdict("failed", f"the solution raised {kind.__name__ if kind else 'an exception of its own'}")


def builtin_exception(name):
    """Python's own exception of that name, or None."""
    kind = getattr(builtins, name, None) if type(name) is str else None
    return kind if isinstance(kind, type) and issubclass(kind, BaseException) else None


def refuse_limits(reply, who):
    if "too_large" in reply:
        raise Verdict("limit", f"{who} returned more than {wire.MAX_MESSAGE >> 20} MB")
    if reply.get("raised") == "MemoryError":
        raise Verdict("limit", f"{who} met the memory limit")


def decoded(reply, suspect):
    try:
        return wire.decode(reply.get("value"))
    except wire.BadMessage:
        suspect.lost = Verdict("crashed", "its process sent a value that is no plain data")
        raise suspect.lost from None


def raised(reply):
    line = reply.get("line")
    where = f" (line {line})" if type(line) is int and line > 0 else ""
    name, text = words(reply.get("raised")), words(reply.get("text"))
    return f"{name}: {text}{where}" if text else f"{name}{where}"


def words(text):
    """A suspect's text as one short printable line."""
    if type(text) is not str:
        return ""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[:1000]).split())
    return line if len(line) <= 200 else line[:199] + "…"
