"""An agent's byte code, kept by the judge: one agent meets many tasks, each in a process of its own.

To compile an agent can take longer than to run it. A suspect that is told no task does so, and runs nothing
of it; all that are to run the agent then get the same bytes, as from a .pyc file. The judge never looks into them.
"""

import wire

KEPT = 32  # agents, the latest
LARGEST = 200_000  # characters: each suspect compiles a longer source itself

_kept = {}  # source -> byte code, or None where each suspect is to find out itself what is wrong with it


def agent_in(source, open_suspect):
    """What a suspect is told of its agent: byte code or, of a very long or a faulty one, the source. Raises Verdict."""
    if len(source) > LARGEST:
        return {"source": source}
    if source not in _kept:
        with open_suspect() as suspect:
            code = _code_in(suspect.ask({"do": "compile", "source": source}))
        while len(_kept) >= KEPT:
            del _kept[next(iter(_kept))]
        _kept[source] = code
    code = _kept[source]
    return {"source": source} if code is None else {"code": code}


def _code_in(reply):
    try:
        code = wire.decode(reply.get("value"))
    except wire.BadMessage:
        return None
    return code if type(code) is bytes else None
