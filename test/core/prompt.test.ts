import { describe, expect, test } from "vitest";
import { extractPython } from "../../src/core/extract.ts";
import type { ProposalRequest } from "../../src/core/ports.ts";
import { buildMessages } from "../../src/core/prompt.ts";

const REQUEST: ProposalRequest = {
  child: 1,
  archive: [],
  generation: 3,
  parentSource: "def solve(prompt, entry_point):\n    return prompt\n",
  tasks: [
    {
      task_id: "HumanEval/0",
      prompt: 'def add(a, b):\n    """Adds."""\n',
      entry_point: "add",
      outcome: "passed",
      reason: "",
    },
    {
      task_id: "HumanEval/1",
      prompt: 'def sub(a, b):\n    """Subtracts."""\n',
      entry_point: "sub",
      outcome: "failed",
      reason: "raised ZeroDivisionError:\n\n### division",
    },
  ],
};

function userMessage(request: ProposalRequest): string {
  return buildMessages(request).find((message) => message.role === "user")?.content ?? "";
}

describe("the prompt", () => {
  test("tells the contract, and asks for a general agent", () => {
    const [system] = buildMessages(REQUEST);
    expect(system?.role).toBe("system");
    expect(system?.content).toContain("solve(prompt: str, entry_point: str) -> str");
    expect(system?.content).toMatch(/general/);
    expect(system?.content, "the tasks may be of any benchmark").not.toContain("HumanEval");
  });

  test("shows the parent, and each task with what became of it", () => {
    const text = userMessage(REQUEST);
    expect(text).toContain("passes 1 of 2 tasks");
    expect(text).toContain(REQUEST.parentSource);
    expect(text).toMatch(/HumanEval\/0[^#]*"""Adds\."""[^#]*Outcome: passed\n/);
    expect(text).toMatch(/HumanEval\/1[^#]*"""Subtracts\."""[^#]*Outcome: failed \(raised/);
  });

  test("a reason stays on its line", () => {
    expect(userMessage(REQUEST)).toContain("(raised ZeroDivisionError: ### division)");
  });

  test("never shows a test that comes with a task", () => {
    const tasks = REQUEST.tasks.map((task) => ({ ...task, test: "assert candidate(1, 2) == 3" }));
    expect(JSON.stringify(buildMessages({ ...REQUEST, tasks }))).not.toContain("candidate(1");
  });

  test("no fence in the parent's source ends its block", () => {
    const parentSource = `"""\n\`\`\`\`python\n# an example\n\`\`\`\`\n"""\n\ndef solve(prompt, entry_point):\n    return "\`\`\`"\n`;
    const text = userMessage({ ...REQUEST, parentSource });
    const [, section = ""] = text.split("## The agent that stands\n");
    expect(extractPython(section)).toEqual({ ok: true, source: parentSource });
  });

  test("is the same for the same request", () => {
    expect(buildMessages(structuredClone(REQUEST))).toEqual(buildMessages(REQUEST));
  });
});
