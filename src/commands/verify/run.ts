import { count } from "../../core/count.ts";
import { criteriaOf, type Criterion } from "../../core/criteria.ts";
import type { RunType } from "../../core/records.ts";
import { RunRecord } from "../../core/run-record.ts";
import { deriveFiles } from "../../store/derived-files.ts";
import { readDerivedFiles, readPlainJournal, readTexts } from "../../store/evidence.ts";
import { type JournalContent, parseJournal } from "../../store/journal.ts";
import type { Found } from "../../store/plain-file.ts";
import { checkAnswers } from "../../verify/answers.ts";
import { checkDecisions } from "../../verify/decisions.ts";
import { checkEnd, checkHead } from "../../verify/end.ts";
import { checkFacts } from "../../verify/facts.ts";
import { checkFiles, type FoundFile } from "../../verify/files.ts";
import {
  atLine,
  CHECKS,
  type CheckName,
  type CheckResult,
  checked,
  type Finding,
  notDone,
} from "../../verify/findings.ts";
import { checkOrder } from "../../verify/order.ts";
import { type RecordedRun, textsOf } from "../../verify/recorded-run.ts";
import { checkCurve } from "./curve.ts";
import { answerSources } from "./sources.ts";

/** What the checks of one run came to. */
export interface RunVerification {
  readonly folder: string;
  /** SHA-256 of the journal's last whole line, or null. */
  readonly head: string | null;
  /** Null where the journal cannot be gone by. */
  readonly run_type: RunType | null;
  /** How the run ended; null where it is not over. */
  readonly ended: string | null;
  readonly checks: readonly CheckResult[];
  /** The four criteria; empty where the journal cannot be read. */
  readonly criteria: readonly Criterion[];
}

/** A run whose journal, texts and files were checked, and what is needed to go on. */
export interface CheckedRun {
  readonly verification: RunVerification;
  /** Null where what is wrong leaves nothing to be checked further. */
  readonly run: RecordedRun | null;
}

/** What a run is held to besides its own journal; null where it is not. */
export interface HeldTo {
  /** SHA-256 of the journal's last line. */
  readonly head?: string | null;
  /** The control that it has to be, by the name of its folder. */
  readonly control?: string | null;
}

/** All checks of a run that need neither its benchmark nor an interpreter. */
export async function checkFolder(
  folder: string,
  { head = null, control = null }: HeldTo = {},
): Promise<CheckedRun> {
  const found = await readPlainJournal(folder);
  const bytes = found !== null && "bytes" in found ? found.bytes : Buffer.alloc(0);
  const content = parseJournal(bytes);
  const unreadable = found !== null && "problem" in found ? found.problem : null;
  const journal = checkJournal(content, unreadable);
  const events = content.lines.map(({ event }) => event);
  const record = RunRecord.of(journal.status === "ok" || content.torn ? events : []);
  const { started, ended } = record;
  const about = {
    folder,
    head: content.lines.at(-1)?.sha256 ?? null,
    run_type: started?.facts.run_type ?? null,
    ended: ended?.ended ?? null,
  };
  const checks = [journal, checkHead(head, about.head)];
  if (started === null) return stopped(about, checks, "the journal cannot be gone by");

  checks.push(
    checked("order", "what happens where, and what before what", checkOrder(events)),
    checkEnd(ended),
    checked("facts", "what the run says of itself", checkFacts({ events, started }, control)),
  );
  const criteria = criteriaOf(events, record);
  if (failedIn(checks, ["order", "facts"])) {
    return stopped({ ...about, criteria }, checks, "the events are not those of a run");
  }
  const named = new Set(events.flatMap(textsOf));
  const { texts, problems, unnamed } = await readTexts(folder, named);
  const notes = unnamed === 0 ? [] : [`${unnamed} more that the journal does not speak of`];
  checks.push(
    checked(
      "objects",
      `${count(named.size, "text")}, each by the SHA-256 of its content`,
      problems,
      notes,
    ),
  );
  if (problems.length > 0) {
    return stopped({ ...about, criteria }, checks, "texts are missing or changed");
  }
  const run = { events, record, started, texts };
  checks.push(await checkDerived(folder, content, texts));
  checks.push(
    failedIn(checks, ["files"])
      ? notDone("curve", "the tables that it is drawn from are not the journal's")
      : await checkCurve(folder),
    checked(
      "answers",
      "each answer against the reply, each candidate against its answer",
      checkAnswers(run, await answerSources(started.facts)),
    ),
    checked("decisions", "computed again from the outcomes", checkDecisions(run)),
  );
  return { verification: { ...about, checks, criteria }, run };
}

/** The checks that cannot be made are said to be left out, all for one reason. */
function stopped(
  about: Omit<RunVerification, "checks" | "criteria"> & { readonly criteria?: Criterion[] },
  checks: readonly CheckResult[],
  why: string,
): CheckedRun {
  const made = new Set(checks.map(({ check }) => check));
  const left = CHECKS.filter((check) => !made.has(check)).map((check) => notDone(check, why));
  const verification = { criteria: [], ...about, checks: [...checks, ...left] };
  return { verification, run: null };
}

export function failedIn(checks: readonly CheckResult[], among: readonly CheckName[]): boolean {
  return checks.some(({ check, status }) => status === "failed" && among.includes(check));
}

function checkJournal(
  { lines, torn, problem }: JournalContent,
  unreadable: string | null,
): CheckResult {
  const findings: Finding[] = [];
  if (unreadable !== null) findings.push({ where: "journal.jsonl", words: unreadable });
  if (problem !== null) findings.push({ where: atLine(problem.line), words: problem.words });
  if (torn) {
    const words = "it is torn: the run was stopped while it was written, and --resume cuts it off";
    findings.push({ where: atLine(lines.length + 1), words });
  }
  if (lines.length === 0 && findings.length === 0) {
    findings.push({ where: "journal.jsonl", words: "it is empty" });
  }
  return checked("journal", `${lines.length} lines, each with the SHA-256 of the last`, findings);
}

/** Far more than the files of a run come to, in characters. */
const LARGEST_FILES = 1024 * 1024 * 1024;

async function checkDerived(
  folder: string,
  { lines }: JournalContent,
  texts: ReadonlyMap<string, string>,
): Promise<CheckResult> {
  const size = lines
    .filter(({ event: { type } }) => type !== "outcome" && type !== "held-out-outcome")
    .flatMap(({ event }) => textsOf(event))
    .reduce((sum, hash) => sum + (texts.get(hash)?.length ?? 0), 0);
  const about = "tables, manifest, agents and transcripts, byte for byte as the journal has them";
  if (size > LARGEST_FILES) {
    const words = "its files would be larger than those of any run of metai";
    return checked("files", about, [{ where: "journal.jsonl", words }]);
  }
  const read = (hash: string) => Promise.resolve(texts.get(hash) ?? "");
  const derived = await deriveFiles(lines, { read });
  const slashed = new Map([...derived].map(([path, text]) => [path.replaceAll("\\", "/"), text]));
  const found = new Map<string, FoundFile>();
  const notes: string[] = [];
  for (const [path, file] of await readDerivedFiles(folder)) {
    // A kill can leave what was being written, under a name of its own.
    if (path.endsWith(".tmp")) notes.push(`${path} was left by a run that was stopped`);
    else found.set(path, foundFile(file));
  }
  return checked("files", about, checkFiles(slashed, found), notes);
}

function foundFile(file: Found): FoundFile {
  if ("problem" in file) return file;
  const text = file.bytes.toString("utf8");
  return { text, isUtf8: Buffer.from(text).equals(file.bytes) };
}
