import { z } from "zod";

import { Task } from "../core/records.ts";
import { UserError } from "../errors.ts";
import { BadLine, parseJson, readLines } from "../jsonl.ts";

/** The longest line of a file of problems, in bytes: some tests bring all their inputs along. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;

/** Of a record in HumanEval's format, what an evaluation needs. */
const Problem = z.object({
  ...Task.shape,
  task_id: z.string().min(1),
  entry_point: z.string().min(1),
});

/**
 * The tasks of a `.jsonl` or `.jsonl.gz` file in HumanEval's format: `task_id`, `prompt`, `entry_point` and
 * `test` in each line, and whatever else. Throws a UserError that names the first line that is none.
 */
export async function readProblemFile(path: string): Promise<Task[]> {
  const tasks = new Map<string, Task>();
  for await (const { number, text } of readLines(path, { maxBytes: MAX_LINE_BYTES })) {
    const parsed = parseJson(text);
    if (!parsed.ok) throw new BadLine(path, number, parsed.problem);
    const task = Problem.safeParse(parsed.value);
    if (!task.success) throw new BadLine(path, number, fieldProblem(task.error, parsed.value));
    const { task_id } = task.data;
    if (tasks.has(task_id)) throw new BadLine(path, number, `there is a second ${task_id}`);
    tasks.set(task_id, task.data);
  }
  if (tasks.size === 0) throw new UserError(`${path} is empty: it holds no problem.`);
  return [...tasks.values()];
}

function fieldProblem({ issues }: z.ZodError, value: unknown): string {
  const [issue] = issues;
  const field = issue?.path[0];
  if (field === undefined || typeof value !== "object" || value === null) {
    return "it is no JSON object";
  }
  const name = String(field);
  if (!Object.hasOwn(value, name)) return `${name} is missing`;
  return issue?.code === "too_small" ? `${name} is empty` : `${name} is no string`;
}
