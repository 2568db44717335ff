"""metai's jobs as they come, and their end: metai is done then, or gone, and nothing may outlive it."""

import json
import queue
import select
import sys
import threading


def read(stream, end):
    """The jobs, each with its task. Once metai is gone, be it amid a job, a thread calls `end` to end this process."""
    if sys.platform == "linux":
        _start(_end_at_hang_up, stream.fileno(), end)
        return _jobs_in(stream)
    lines = queue.SimpleQueue()
    _start(_read_ahead, stream, lines, end)
    return _jobs_in(iter(lines.get, None))


def _start(work, *arguments):
    threading.Thread(target=work, args=arguments, daemon=True).start()


def _end_at_hang_up(descriptor, end):
    """Sleeps through all jobs, which no other thread then needs to hand over."""
    hang_up = select.poll()
    hang_up.register(descriptor, select.POLLRDHUP)
    hang_up.poll()
    end()


def _read_ahead(stream, lines, end):
    try:
        for line in stream:
            lines.put(line)
    except OSError:  # metai was killed before it had read all answers
        pass
    end()


def _jobs_in(lines):
    tasks = {}
    try:
        for line in lines:
            job = json.loads(line)
            if "is" in job:
                tasks[job["task"]] = job["is"]
                continue
            if "task" in job:
                job["task"] = tasks[job["task"]]
            yield job
    except (OSError, ValueError):  # metai was killed before it had read all answers, or in the middle of a job
        pass
    threading.Event().wait()  # for the end
