import { TEMPORARY_SUFFIX } from "../files.ts";

/** The names of what metai writes into a results folder; `--reset-results` removes these and no others. */
export const SCORES = "scores.csv";
export const TASK_OUTCOMES = "task_outcomes.csv";
export const CANDIDATES = "candidates.csv";
export const HELD_OUT_OUTCOMES = "held_out_outcomes.csv";
export const MANIFEST = "manifest.json";
/** What happened, in order: the source of all the others. */
export const JOURNAL = "journal.jsonl";
/** The folder of the texts that the journal speaks of, each named by its SHA-256. */
export const OBJECTS = "objects";
export const CURVE = "improvement_curve.pdf";
export const TRANSCRIPTS = "transcripts";
/** The folder of the children, where a generation has several. */
export const CHILDREN = "candidates";
/** Holds runs of their own: the controls that were made beside a run, each in the folder of its name. */
export const CONTROLS = "controls";
export const CONTROL_FOLDERS = ["no-selection", "same", "random-edit", "every-part"] as const;
/** What several runs of one configuration come to, in the folder that holds theirs. */
export const REPLICATES = "replicates.json";
/** There while a run writes into the folder; never counted as part of a run. */
export const LOCK = "run.lock";

export const agentFile = (generation: number) => `agent_gen${generation}.py`;
export const candidateFile = (generation: number) => `agent_gen${generation}_candidate.py`;
export const childFile = (generation: number, child: number) => `gen${generation}_child${child}.py`;
/** `child` is null where a generation has but one. */
export const transcriptFile = (generation: number, child: number | null) =>
  `gen${generation}${child === null ? "" : `_child${child}`}.jsonl`;
/** The folder of one of several runs, which are counted from 1 to 99. */
export const replicateFolder = (number: number) => `run-${String(number).padStart(2, "0")}`;

const OWN = new Set([
  JOURNAL,
  SCORES,
  TASK_OUTCOMES,
  CANDIDATES,
  HELD_OUT_OUTCOMES,
  MANIFEST,
  CURVE,
  REPLICATES,
]);
const OWN_AGENT = /^agent_gen\d+(_candidate)?\.py$/;
const OWN_CHILD = /^gen\d+_child\d+\.py$/;
const OWN_OBJECT = /^[0-9a-f]{64}$/;
const OWN_TRANSCRIPT = /^gen\d+(_child\d+)?\.jsonl$/;

/** Whether a file at the top of a results folder is one that metai writes. */
export function isOwnFile(name: string): boolean {
  const whole = withoutTemporarySuffix(name);
  return OWN.has(whole) || OWN_AGENT.test(whole);
}

export function isOwnChild(name: string): boolean {
  return OWN_CHILD.test(withoutTemporarySuffix(name));
}

export function isOwnObject(name: string): boolean {
  return OWN_OBJECT.test(withoutTemporarySuffix(name));
}

export function isOwnTranscript(name: string): boolean {
  return OWN_TRANSCRIPT.test(withoutTemporarySuffix(name));
}

export function isReplicateFolder(name: string): boolean {
  return /^run-(?!00)\d\d$/.test(name);
}

function withoutTemporarySuffix(name: string): string {
  return name.endsWith(TEMPORARY_SUFFIX) ? name.slice(0, -TEMPORARY_SUFFIX.length) : name;
}
