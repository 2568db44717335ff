/** Which agents were judged on which tasks so far. */
export class OutcomesSoFar {
  readonly #tasks = new Map<string, Set<string>>();

  /** Why an outcome of this agent on this task cannot come now, or null. `tasks` are all that there are. */
  add(agent: string, task: string, tasks: readonly string[]): string | null {
    if (!tasks.includes(task)) return "an outcome of a task that is not the run's";
    const known = this.#tasks.get(agent) ?? new Set();
    if (known.has(task)) return "a second outcome of the same agent on the same task";
    this.#tasks.set(agent, known.add(task));
    return null;
  }

  /** How much is missing before the agent can be counted, or null. */
  lacking(agent: string, tasks: readonly string[]): string | null {
    const known = this.#tasks.get(agent)?.size ?? 0;
    return known === tasks.length ? null : `${known} of ${tasks.length} outcomes are there`;
  }
}
