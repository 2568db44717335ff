/** What is verified, in order. Each holds one thing against another; a later one trusts the earlier ones. */
export const CHECKS = [
  "journal",
  "order",
  "end",
  "head",
  "facts",
  "objects",
  "files",
  "curve",
  "answers",
  "decisions",
  "benchmark",
  "requests",
  "evaluation",
] as const;
export type CheckName = (typeof CHECKS)[number];

/** Something that is not as it should be: in which file and where in it, and what. */
export interface Finding {
  readonly where: string;
  readonly words: string;
}

/** What came of a check. `about` says what was held against what, or why that was not done. */
export interface CheckResult {
  readonly check: CheckName;
  readonly status: "ok" | "failed" | "not done";
  readonly about: string;
  readonly findings: readonly Finding[];
  /** What a reader should know though nothing is wrong. */
  readonly notes: readonly string[];
}

/** A check that was made: ok where nothing was found. */
export function checked(
  check: CheckName,
  about: string,
  findings: readonly Finding[],
  notes: readonly string[] = [],
): CheckResult {
  return { check, status: findings.length === 0 ? "ok" : "failed", about, findings, notes };
}

/** A check that was not made, and why. */
export function notDone(check: CheckName, why: string): CheckResult {
  return { check, status: "not done", about: why, findings: [], notes: [] };
}

/** A line of the journal, from 1, as findings name it. */
export function atLine(line: number): string {
  return `journal.jsonl, line ${line}`;
}
