import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

import { z } from "zod";

import { humanEvalArchive } from "../helpers/humaneval.ts";

const Solved = z.object({
  task_id: z.string(),
  prompt: z.string(),
  entry_point: z.string(),
  test: z.string(),
  canonical_solution: z.string(),
});

/** The ten tasks with the solutions that the benchmark gives. */
export const TEN = gunzipSync(readFileSync(humanEvalArchive))
  .toString("utf8")
  .split("\n")
  .slice(0, 10)
  .map((line) => Solved.parse(JSON.parse(line)));

/** An agent that passes the first `count` of the ten, and no other. */
export function agentPassing(count: number): string {
  const bodies = TEN.slice(0, count).map(
    ({ entry_point, canonical_solution }) =>
      `    ${JSON.stringify(entry_point)}: ${JSON.stringify(canonical_solution)},\n`,
  );
  return (
    `BODIES = {\n${bodies.join("")}}\n\n\n` +
    `def solve(prompt, entry_point):\n    return BODIES.get(entry_point, "    return None\\n")\n`
  );
}

/** A model's answer that holds this file. */
export function answerWith(source: string): string {
  return `I changed the table.\n\n\`\`\`python\n${source}\`\`\`\n`;
}

/** The lines of the ten tests that give an expected value away: those that no prompt holds. */
export function secretLines(): string[] {
  const prompts = TEN.map(({ prompt }) => prompt).join("\n");
  const lines = TEN.flatMap(({ test }) => test.split("\n").map((line) => line.trim()));
  return lines.filter((line) => line.startsWith("assert") && !prompts.includes(line));
}
