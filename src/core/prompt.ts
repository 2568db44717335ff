import { oneLine } from "./one-line.ts";
import type { ProposalRequest, TaskReport } from "./ports.ts";

/** One message of a chat. */
export interface Message {
  readonly role: "system" | "user";
  readonly content: string;
}

/** Characters of a reason that are told. */
export const LONGEST_REASON = 300;

const SYSTEM = `You improve a small Python coding agent, one generation at a time.

You take part in metai, an experiment in self-improvement. The agent is a single Python file. It is run on short programming tasks, and what it writes is judged by the tasks' hidden tests. In each generation you see the agent that stands and how it did, and you write the next version. Your version replaces the agent only if it passes strictly more tasks.

The contract of an agent:
- It is one file for Python 3.10 or newer, with the standard library only, and defines at top level \`solve(prompt: str, entry_point: str) -> str\`.
- \`prompt\` is the task: imports, the signature of a function and its docstring. \`entry_point\` is the name of that function. The agent sees nothing else, and never a test.
- \`solve\` returns Python source. If that source defines \`entry_point\` at top level, it stands alone as a whole program. Otherwise it is a completion: it is appended to \`prompt\` as it is, so it must continue it, usually with an indented function body.
- Every task is run in a fresh process, with a time limit of a few seconds. Nothing is remembered from one task to the next.
- There is no network, no file to read or write, no environment and no language model. The agent is a plain program that writes programs.
- The program that it returns runs under the same limits. What either of them prints is ignored.

What makes a good agent: it is general. It reads the signature, the docstring and its examples, and works out code from them, for instance by trying many candidate programs against the examples and keeping one that agrees with all of them. A table from task names to ready-made answers would pass these tasks and show nothing: other tasks can be put to the agent, and people read every version. Write an agent that would do better on tasks it has never seen.`;

/**
 * What a language model is asked in one generation. It holds the parent's source and, of each task,
 * what the agent itself may see and how the parent did; the same request gives the same text.
 */
export function buildMessages(request: ProposalRequest): Message[] {
  return [
    { role: "system", content: SYSTEM },
    { role: "user", content: describe(request) },
  ];
}

function describe({ generation, parentSource, tasks }: ProposalRequest): string {
  const passed = tasks.filter((task) => task.outcome === "passed").length;
  return [
    `This is generation ${generation}. The agent that stands passes ${passed} of ${tasks.length} tasks.`,
    `## The agent that stands\n\n${fenced(parentSource, "python")}`,
    `## The tasks and how it did\n\nYou see each prompt as the agent does, and what became of the agent's answer.`,
    ...tasks.map(describeTask),
    `## Your answer\n\nWrite the next version of the agent. First say in one or two sentences what you change and why. Then give the complete file, not a part of it or a diff, in exactly one fenced block that starts with \`\`\`python. Nothing outside that block is run.`,
  ].join("\n\n");
}

function describeTask(task: TaskReport): string {
  // A reason can quote what an agent's own code raised.
  const reason = oneLine(task.reason, LONGEST_REASON);
  return [
    `### ${task.task_id}`,
    `entry_point: ${task.entry_point}`,
    fenced(task.prompt, "python"),
    `Outcome: ${task.outcome}${reason === "" ? "" : ` (${reason})`}`,
  ].join("\n\n");
}

/** A fence longer than any run of backticks inside it, so that no content can end the block. */
function fenced(content: string, language: string): string {
  const longestRun = (content.match(/`+/g) ?? []).reduce(
    (max, run) => Math.max(max, run.length),
    2,
  );
  const fence = "`".repeat(longestRun + 1);
  return `${fence}${language}\n${content}${content.endsWith("\n") ? "" : "\n"}${fence}`;
}
