import type { Evaluator } from "../../core/ports.ts";
import type { OutcomeKind, Task } from "../../core/records.ts";

/** Of no benchmark. Whether it is solved plays no part: only whether the agent comes to an answer. */
const SMOKE: Task = {
  task_id: "smoke",
  prompt:
    'def next_number(n: int) -> int:\n    """ Return the number after n.\n    >>> next_number(4)\n    5\n    """\n',
  entry_point: "next_number",
  test: "def check(candidate):\n    assert candidate(7) == 8\n",
};

const UNFIT: ReadonlySet<OutcomeKind> = new Set(["timeout", "crashed", "limit", "invalid"]);

/** Says why an agent is not fit to be offered (it does not load, or ends without a usable answer), or null. */
export function smokeGate(evaluator: Evaluator) {
  return async (source: string, signal: AbortSignal): Promise<string | null> => {
    const evaluation = await evaluator.evaluateAgent(source, [SMOKE], { signal });
    if (evaluation.status === "invalid") return evaluation.reason;
    const unfit = evaluation.outcomes.find(({ outcome }) => UNFIT.has(outcome));
    return unfit ? `on a smoke task: ${unfit.outcome}: ${unfit.reason}` : null;
  };
}
