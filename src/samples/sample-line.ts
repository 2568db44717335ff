import type { z } from "zod";

import { Sample, Verdict } from "../core/records.ts";
import { solutionProblem } from "../core/solution.ts";
import { parseJson } from "../jsonl.ts";
import { membersOf } from "./members.ts";

/** A sample with the line of its file. */
export interface SampleLine {
  /** From 1. */
  readonly line: number;
  readonly sample: Sample;
  /** The sample's fields as its file writes them, to which a verdict is appended. */
  readonly written: string;
}

/** What a line holds, or why it is no sample. */
export type ReadSample =
  | { readonly ok: true; readonly sample: Sample; readonly written: string }
  | { readonly ok: false; readonly problem: string };

/** Reads one line of a file of samples. A verdict that an earlier evaluation left in it is dropped. */
export function readSample(text: string): ReadSample {
  const parsed = parseJson(text);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { ok: false, problem: "it is no JSON object" };
  }
  const members = membersOf(text);
  const double = firstDouble(members.map(({ key }) => key));
  if (double !== null) return { ok: false, problem: `it has ${JSON.stringify(double)} twice` };
  const sample = Sample.safeParse(value);
  if (!sample.success) return { ok: false, problem: fieldProblem(sample.error, value) };
  const problem = solutionProblem(sample.data);
  if (problem !== null) return { ok: false, problem };
  const kept = members.filter(({ key }) => !Object.hasOwn(Verdict.shape, key));
  const written = kept.map((member) => member.text).join(", ");
  return { ok: true, sample: sample.data, written };
}

/** The line of a file of results, without its end. */
export function resultLine(written: string, verdict: Verdict): string {
  const { result, passed, outcome, reason, duration_ms } = verdict;
  const fields = Object.entries({ result, passed, outcome, reason, duration_ms });
  const found = fields.map(([name, value]) => `"${name}": ${JSON.stringify(value)}`).join(", ");
  return `{${written}, ${found}}`; // spaced as Python's json spaces it
}

function firstDouble(keys: readonly string[]): string | null {
  const seen = new Set<string>();
  for (const key of keys) {
    if (seen.has(key)) return key;
    seen.add(key);
  }
  return null;
}

function fieldProblem({ issues }: z.ZodError, value: object): string {
  const field = String(issues[0]?.path[0]);
  return Object.hasOwn(value, field) ? `${field} is no string` : `${field} is missing`;
}
