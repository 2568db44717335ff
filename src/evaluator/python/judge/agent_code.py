"""An agent's byte code, kept by the judge: one agent meets many tasks, each in a process of its own.

To compile an agent can take longer than to run it. The suspect does so, before anything of the agent has
run in it and before it is told a task; the judge keeps the bytes for the next, and never looks into them.
"""

import wire

KEPT = 32  # agents, the latest

_kept = {}  # source -> byte code


def agent_in(source, suspect):
    """What a suspect is told of its agent: the byte code, or the source, which it then finds wrong itself."""
    code = _kept.get(source) or _compiled(source, suspect)
    return {"source": source} if code is None else {"code": code}


def _compiled(source, suspect):
    """What Python makes of a source, or None. Raises Verdict where the suspect gives no answer."""
    reply = suspect.ask({"do": "compile", "source": source})
    try:
        code = wire.decode(reply.get("value"))
    except wire.BadMessage:
        return None
    if type(code) is not bytes:
        return None
    while len(_kept) >= KEPT:
        del _kept[next(iter(_kept))]
    _kept[source] = code
    return code
