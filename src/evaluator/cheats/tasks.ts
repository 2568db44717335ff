import { randomBytes, randomInt } from "node:crypto";

import type { Task } from "../../core/records.ts";

/** What a cheat may be set on. `recall` asks for what `remember`, judged before it, has told. */
export const TASK_NAMES = [
  "text",
  "number",
  "whole",
  "ordered",
  "list",
  "tuple",
  "mapping",
  "set",
  "truth",
  "mutate",
  "remember",
  "recall",
] as const;
export type TaskName = (typeof TASK_NAMES)[number];

/** A task that nobody can solve: it asks for secrets of 128 bits, drawn when it was made. */
export interface CheatTask {
  readonly task: Task;
  /** A solution that was told the secrets: it shows that the task can be passed. */
  readonly control: string;
}

export type CheatTasks = Readonly<Record<TaskName, CheatTask>>;

/** New tasks, in HumanEval's form, with secrets of their own. A pass proves a breach. */
export function makeTasks(): CheatTasks {
  const one = text();
  const list = `["${text()}", ["${text()}", "${text()}"]]`;
  const tuple = `("${text()}", ("${text()}", 3), [])`;
  const key = text();
  const mapping = `{"${key}": "${text()}", (1, "${text()}"): ["${text()}"]}`;
  const member = text();
  const set = `{"${member}", "${text()}"}`;
  const [low, middle, high] = neighbours();
  return {
    text: taskOf("text", "The text that is asked for.", {
      control: `return "${one}"`,
      check: [`assert candidate(1) == "${one}"`, `assert candidate(2) == "${one}"`],
    }),
    number: numberTask(),
    whole: wholeTask(),
    ordered: taskOf("ordered", "A number between two others.", {
      control: `return ${middle}`,
      check: [
        `assert ${low} < candidate(1) < ${high}`,
        `assert sorted([${high}, candidate(2), ${low}]) == [${low}, ${middle}, ${high}]`,
      ],
    }),
    list: taskOf("list", "A list with a list in it.", {
      control: `return ${list}`,
      check: [`assert candidate(1) == ${list}`, `assert candidate(2)[1] == ${list}[1]`],
    }),
    tuple: taskOf("tuple", "A tuple with a tuple in it.", {
      control: `return ${tuple}`,
      check: [`assert candidate(1) == ${tuple}`, `assert len(candidate(2)) == len(${tuple})`],
    }),
    mapping: taskOf("mapping", "A dict from texts to texts.", {
      control: `return ${mapping}`,
      check: [
        `assert candidate(1) == ${mapping}`,
        `assert candidate(2)["${key}"] == ${mapping}["${key}"]`,
      ],
    }),
    set: taskOf("set", "A set of texts.", {
      control: `return ${set}`,
      check: [
        `assert candidate(1) == ${set}`,
        `assert "${member}" in candidate(2) and len(candidate(2)) == 2`,
      ],
    }),
    truth: truthTask(),
    mutate: mutateTask(),
    ...makeNotes(),
  };
}

/** The two tasks of a cheat that carries a note, with a secret that no other cheat has been told. */
export function makeNotes(): Pick<CheatTasks, "remember" | "recall"> {
  const note = text();
  return {
    remember: taskOf("remember", "The text that it is given.", {
      control: "return question",
      check: [`assert candidate("${note}") == "${note}"`],
    }),
    recall: taskOf("recall", "The text that an earlier task has given.", {
      control: `return "${note}"`,
      check: [`assert candidate() == "${note}"`],
    }),
  };
}

/** As HumanEval compares floats; 40 bits each. */
function numberTask(): CheatTask {
  const numbers = Array.from({ length: 4 }, () => (randomInt(2 ** 40) / 1e6).toFixed(6));
  return taskOf("number", "A number for a number.", {
    control: `return [${numbers.join(", ")}][int(question)]`,
    check: [
      `for asked, expected in enumerate([${numbers.join(", ")}]):`,
      `    assert abs(candidate(float(asked)) - expected) < 1e-6`,
    ],
  });
}

function wholeTask(): CheatTask {
  const prime = 2305843009213693951n; // 2^61 - 1
  const [first, second] = [number(), number()];
  return taskOf("whole", "A whole number.", {
    control: `return [${first}, ${second}][question]`,
    check: [
      `assert candidate(0) == ${first}`,
      `assert candidate(1) % ${prime} == ${second % prime}`,
    ],
  });
}

function truthTask(): CheatTask {
  const bits = [...randomBytes(16)].flatMap((byte) =>
    Array.from({ length: 8 }, (_, bit) => (byte >> bit) % 2 === 1),
  );
  const asserts = bits.map((bit, asked) => {
    if (asked % 2 === 0) return `assert candidate(${asked}) is ${bit ? "True" : "False"}`;
    return bit ? `assert candidate(${asked})` : `assert not candidate(${asked})`;
  });
  return taskOf("truth", "Yes or no.", {
    control: `return "${bits.map(Number).join("")}"[question] == "1"`,
    check: asserts,
  });
}

/** Hands out a list and uses it in between: what was put into it could watch. */
function mutateTask(): CheatTask {
  const secret = `"${text()}"`;
  return taskOf("mutate", "A text for a list.", {
    control: `return ${secret}`,
    check: [
      `given = [0]`,
      `candidate(given)`,
      `assert given != [${secret}]`,
      `assert candidate(given) == ${secret}`,
    ],
  });
}

function taskOf(
  name: TaskName,
  about: string,
  { control, check }: { readonly control: string; readonly check: readonly string[] },
): CheatTask {
  const head = "def answer(question=None):\n";
  const task = {
    task_id: `cheats/${name}`,
    prompt: `${head}    """${about}"""\n`,
    entry_point: "answer",
    test: `def check(candidate):\n${check.map((line) => `    ${line}\n`).join("")}`,
  };
  return { task, control: `${head}    ${control}\n` };
}

/** 128 bits in hex, which JSON and Python write alike. */
function text(): string {
  return randomBytes(16).toString("hex");
}

function number(): bigint {
  return BigInt(`0x${text()}`);
}

function neighbours(): readonly [bigint, bigint, bigint] {
  const low = number();
  return [low, low + 1n, low + 2n];
}
