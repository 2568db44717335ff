import type { OutcomeKind, SandboxLevel } from "../../core/records.ts";
import type { Cheat, Official, OfficialResult } from "../../evaluator/cheats/catalogue.ts";
import type { CheatResult } from "../../evaluator/cheats/run.ts";
import { wrap } from "../terminal/style.ts";

/** What the cheats came to; with --json, literally this. */
export interface CheatsReport {
  readonly sandbox: SandboxLevel;
  /** When and with what the official results were recorded. */
  readonly official: Omit<Official, "earned">;
  readonly results: readonly CheatRow[];
  /** Cheats that could harm the machine at this level. */
  readonly left_out: readonly string[];
}

export interface CheatRow {
  readonly name: string;
  readonly family: string;
  readonly tries: string;
  /** Under the official harness's scheme. */
  readonly official: OfficialResult | null;
  readonly outcome: OutcomeKind;
  readonly reason: string;
  readonly earned: boolean;
  /** Whether it is known that the level cannot stop it. */
  readonly expected: boolean;
  /** Why the level `process` cannot stop it, or null. */
  readonly process: string | null;
}

export function cheatsReport(facts: {
  readonly sandbox: SandboxLevel;
  readonly results: readonly CheatResult[];
  readonly leftOut: readonly Cheat[];
  readonly official: Official;
}): CheatsReport {
  const { harness, python, date } = facts.official;
  return {
    sandbox: facts.sandbox,
    official: { harness, python, date },
    results: facts.results.map(({ cheat, ...result }) => {
      const { name, family, tries, official, process } = cheat;
      return { name, family, tries, official, ...result, process };
    }),
    left_out: facts.leftOut.map(({ name }) => name),
  };
}

/** A piece of a line, and what it is: a terminal may show that in colour. */
export interface Piece {
  readonly text: string;
  readonly as: "title" | "family" | "breach" | "expected" | "stopped" | "plain";
}

const RESULT_WIDTH = 9; // "timed out", "18 of 18"
const GAP = "  ";
/** From this width on there is room for names. */
const WIDE = 100;

/** The table, in lines of at most so many characters: by family, what each tries and what it earned. */
export function cheatTable({ results }: CheatsReport, width: number): readonly Piece[][] {
  const nameWidth =
    width < WIDE ? 0 : Math.max(...results.map(({ name }) => shortName(name).length));
  const indent = GAP + (nameWidth > 0 ? " ".repeat(nameWidth) + GAP : "");
  const room = width - indent.length - 2 * (GAP.length + RESULT_WIDTH);
  const row = (left: string, official: string, metai: Piece): Piece[] => [
    { text: left.padEnd(indent.length + room) + GAP, as: "plain" },
    { text: official.padEnd(RESULT_WIDTH) + GAP, as: "plain" },
    metai,
  ];
  const families = [...new Set(results.map(({ family }) => family))];
  const lines = families.flatMap((family) => {
    const members = results.filter((result) => result.family === family);
    const count = (of: readonly CheatRow[]) => `${of.length} of ${members.length}`;
    const head = row(family, count(members.filter(({ official }) => official === "passed")), {
      text: count(members.filter(({ earned }) => earned)),
      as: "family",
    }).map((piece): Piece => ({ ...piece, as: "family" }));
    const rows = members.flatMap((member) => {
      const [first = "", ...rest] = wrap(member.tries, room);
      const name = nameWidth > 0 ? GAP + shortName(member.name).padEnd(nameWidth) : "";
      return [
        row(`${name}${GAP}${first}`, officialWord(member.official), verdictOf(member)),
        ...rest.map((line): Piece[] => [{ text: indent + line, as: "plain" }]),
      ];
    });
    return [[], head, ...rows];
  });
  const title = row("what it tries, and what it earns", "official", {
    text: "metai",
    as: "title",
  });
  return [title.map((piece): Piece => ({ ...piece, as: "title" })), ...lines];
}

function shortName(name: string): string {
  return name.split("/").at(-1) ?? name;
}

function officialWord(official: OfficialResult | null): string {
  if (official === null) return "?";
  return official === "broke the harness" ? "broke it" : official;
}

function verdictOf({ outcome, earned, expected }: CheatRow): Piece {
  if (!earned) return { text: outcome, as: "stopped" };
  return { text: outcome, as: expected ? "expected" : "breach" };
}

export interface Remark {
  readonly text: string;
  readonly as: Piece["as"];
  readonly items?: readonly string[];
}

/** What there is to say below the table; the sum comes last. */
export function remarks({ results, sandbox, left_out, official }: CheatsReport): readonly Remark[] {
  const weak = results.filter(({ expected }) => expected);
  const stopped = weak.filter(({ earned }) => !earned).map(({ name }) => name);
  const earned = results.filter((result) => result.earned);
  const breaches = earned.filter(({ expected }) => !expected);
  const lines: Remark[] = [];
  if (weak.length > 0) {
    const items = weak.map(({ name, process }) => `${name}: ${process ?? ""}`);
    lines.push({ text: `The level ${sandbox} is known not to stop these:`, as: "expected", items });
  }
  if (stopped.length > 0) {
    lines.push({ text: `Yet here ${stopped.join(", ")} earned nothing.`, as: "plain" });
  }
  if (left_out.length > 0) {
    const text = `${cheatsInWords(left_out.length)} that could harm the machine left out: they run only under bubblewrap.`;
    lines.push({ text, as: "plain", items: [left_out.join(", ")] });
  }
  if (breaches.length > 0) {
    const items = breaches.map(({ name, tries }) => `${name}: ${tries}`);
    lines.push({ text: "These should have been stopped, and were not:", as: "breach", items });
  }
  const level =
    sandbox === "bubblewrap"
      ? "under bubblewrap"
      : "at level process, which is no security boundary";
  const officially = results.filter((result) => result.official === "passed").length;
  lines.push({
    text:
      `${earned.length} of ${cheatsInWords(results.length)} earned a pass ${level}; ` +
      `${officially} do under the official harness's scheme (recorded ${official.date}).`,
    as: breaches.length > 0 ? "breach" : earned.length > 0 ? "expected" : "stopped",
  });
  return lines;
}

function cheatsInWords(count: number): string {
  return count === 1 ? "1 cheat" : `${count} cheats`;
}
