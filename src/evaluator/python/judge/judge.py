"""The judge: holds a task's test, runs it against a suspect, and alone says what became of the task.

Started by metai (see start.py) with a folder of its own, it is told what to do, and says that it is ready. Then it
reads one job a line and answers each with one line, over a channel that no suspect has a descriptor for. It ends, and
ends its suspect, when its jobs do.

    {"id": 0, "python": {executable, version, prefixes, path}}
        <- {"fork": ..., "timeout": ..., "suspect": command, "environment": ..., "place": ..., "places": ...}
    {"id": 0, "ready": true, "pid": ...}

    {"id": 1, "do": "load", "source": ...}
        -> {"id": 1, "problem": null or why the source is no agent}
    {"id": 2, "do": "agent", "source": ..., "task": 1}
    {"id": 3, "do": "solution", "source": ..., "whole": ..., "task": 1}
        -> {"id": ..., "outcome": ..., "reason": ..., "duration_ms": ...}
    a fault of the machinery -> {"id": ..., "fault": why}

A task is sent once, before the first job that names it, and has no answer:

    {"task": 1, "is": {task_id, prompt, entry_point, test}}
"""

import gc
import json
import os
import sys
import threading
import time

import cleanup
import jobs
import limits
import wire
from agent_code import agent_in
from foresight import BadTask, call_frame, foreseen_calls, never_foresee, test_namespace
from fork_server import ForkServer
from replies import accept_solution, decoded, exception_for, raised, solution_in, verdict_of_refusal, words
from spawner import Spawner
from suspect_process import CannotStart, Verdict

MEMORY_BYTES = 2 << 30  # the judge's own, against values that grow when decoded
GARBAGE = 50_000  # objects before the collector looks: parsing a test makes thousands, and no cycles


def load_agent(job, suspects, timeout):
    """Why a source is no agent, or None."""
    deadline = time.monotonic() + timeout
    try:
        agent = agent_in(job["source"], lambda: suspects.open(deadline, timeout))
        with suspects.open(deadline, timeout) as suspect:
            reply = suspect.ask({"do": "load", **agent})
    except Verdict as verdict:
        return f"loading it: {verdict.reason}"
    if "value" in reply:
        return None
    return words(reply["unusable"]) if "unusable" in reply else f"loading it raised {raised(reply)}"


def judge_agent(job, suspects, timeout):
    """Has the agent write a solution, and tests it, in two processes. Raises Verdict."""
    deadline = time.monotonic() + timeout
    agent = agent_in(job["source"], lambda: suspects.open(deadline, timeout))
    with suspects.open(deadline, timeout) as suspect:
        question = {"do": "solve", **agent, **visible(job["task"])}
        source = solution_in(suspect.ask(question), suspect)
    test_solution(job["task"], {"source": source}, suspects, deadline, timeout)


def judge_solution(job, suspects, timeout):
    """Tests a solution. Raises Verdict."""
    solution = {"source": job["source"], "whole": job["whole"]}
    test_solution(job["task"], solution, suspects, time.monotonic() + timeout, timeout)


def test_solution(task, solution, suspects, deadline, timeout):
    """Runs the test against the solution, in a process of its own. Raises Verdict."""
    question = wire.pack_trusted({"do": "solution", **solution, **visible(task)})
    foreseen = foreseen_calls(*keys_of(task)) if suspects.sends_ahead else ()
    try:
        run_test(task, question, foreseen, suspects, deadline, timeout)
    except Unforeseen:  # the suspect has seen calls that were not made: it needs a fresh one, this once
        never_foresee(*keys_of(task))
        run_test(task, question, (), suspects, time.monotonic() + timeout, timeout)
    raise Verdict("passed", "")


def visible(task):
    """What a suspect may see of a task."""
    return {"prompt": task["prompt"], "entry_point": task["entry_point"]}


class Unforeseen(BaseException):
    """A test made another call than was foreseen."""


def run_test(task, question, foreseen, suspects, deadline, timeout):
    """Runs check(candidate), with a proxy for the candidate. Raises Verdict unless it passes."""
    with suspects.open(deadline, timeout) as suspect:
        suspect.tell(question, *foreseen)
        namespace = test_namespace(*keys_of(task))
        proxy = Proxy(suspect, foreseen)
        namespace[task["entry_point"]] = proxy.call  # some tests call it by its own name
        accept_solution(suspect.hear())
        suspect.called = True
        if "random" in sys.modules:  # a test's numbers are not those of the test before it
            sys.modules["random"].seed()
        try:
            namespace["check"](proxy.call)
        except (Verdict, Unforeseen):
            raise
        except BaseException as error:
            proxy.raise_lost()
            raise verdict_of(error, proxy.refusals) from None
        proxy.raise_lost()


class Proxy:
    """What a test calls in place of the solution."""

    def __init__(self, suspect, foreseen):
        self.suspect = suspect
        self.foreseen = list(reversed(foreseen))
        self.refusals = []
        self.lost = None

    def call(self, *args, **kwargs):
        frame = call_frame(args, kwargs)
        if not self.foreseen:
            self.suspect.tell(frame)
        elif self.foreseen.pop() != frame:
            self.lost = Unforeseen()
            raise self.lost
        reply = self.suspect.hear()
        if "value" in reply:
            return decoded(reply, self.suspect)
        error = exception_for(reply)
        self.refusals.append((error, verdict_of_refusal(reply)))
        raise error

    def raise_lost(self):
        """Raises what ended the conversation, if the test has swallowed it."""
        lost = self.lost or self.suspect.lost
        if lost:
            raise lost from None


def verdict_of(error, refusals):
    """What a test's exception says about the solution, without a word of the test."""
    for refused, verdict in refusals:
        if refused is error:
            return verdict
    if isinstance(error, AssertionError):
        return Verdict("failed", "a test assertion did not hold")
    if isinstance(error, MemoryError):
        return Verdict("limit", "the returned value was too large for the test")
    return Verdict("failed", f"the returned value did not fit the test ({type(error).__name__})")


def keys_of(task):
    return task["task_id"], task["prompt"], task["test"], task["entry_point"]


def answer(job, suspects, timeout):
    """The answer to one job."""
    try:
        suspects.await_end()  # of the last one, before the clock starts
        if job["do"] == "load":
            return {"id": job["id"], "problem": load_agent(job, suspects, timeout)}
        started = time.monotonic()
        try:
            (judge_agent if job["do"] == "agent" else judge_solution)(job, suspects, timeout)
        except Verdict as verdict:
            duration = round((time.monotonic() - started) * 1000, 1)
            return {"id": job["id"], "outcome": verdict.outcome, "reason": verdict.reason, "duration_ms": duration}
    except (CannotStart, BadTask) as fault:
        return {"id": job["id"], "fault": str(fault)}


def main(folder, channel, verdicts):
    """Judges until metai is gone. `channel` brings its jobs."""
    gc.set_threshold(GARBAGE)
    gc.enable()  # start.py has disabled it
    try:
        settings = json.loads(channel.readline())
    except (OSError, ValueError):  # metai is gone already, or was not to go on
        cleanup.remove_folder(folder)
        os._exit(0)
    limit_memory()
    keep_to_one_processor(settings["place"], settings["places"])
    limits.hide_memory()  # at level process a suspect may be of the same user
    cleanup.adopt_orphans()

    kind = ForkServer if settings["fork"] else Spawner
    try:
        suspects = kind(settings["suspect"], settings["environment"], folder)
    except CannotStart as fault:
        print(json.dumps({"id": 0, "fault": str(fault)}), file=verdicts, flush=True)
        return
    give_way()
    gc.freeze()
    jobs_with_tasks = jobs.read(channel, lambda: end(suspects, folder))
    try:
        print(json.dumps({"id": 0, "ready": True, "pid": os.getpid()}), file=verdicts, flush=True)
        for job in jobs_with_tasks:
            print(json.dumps(answer(job, suspects, settings["timeout"])), file=verdicts, flush=True)
    except BrokenPipeError:  # metai is gone, and the end near
        threading.Event().wait()


def end(suspects, folder):
    try:
        suspects.close()
        cleanup.remove_folder(folder)
    finally:
        os._exit(0)


def keep_to_one_processor(place, places):
    """Where there are judges enough for all processors, each keeps to one, with its suspects.

    They take turns anyway, and what goes from one processor to another at every turn costs a sixth of the time.
    Fewer judges leave it to the system to find them a free processor.
    """
    try:
        processors = sorted(os.sched_getaffinity(0))
        if places >= len(processors):
            os.sched_setaffinity(0, {processors[place % len(processors)]})
    except (AttributeError, OSError):  # macOS, Windows; a sandbox of somebody's
        pass


def give_way():
    """Lets a suspect go on when it has answered once: its other answers are then there together."""
    try:
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))  # never takes the processor from another
    except (AttributeError, OSError):  # macOS, Windows; a sandbox of somebody's
        pass


def limit_memory():
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ImportError, OSError, ValueError):  # Windows, macOS
        pass
