import type { Agent } from "./blocks.ts";
import type { Part } from "./box.ts";
import type { Merits } from "./merits.ts";
import type { EditKind, PolicyMode } from "./policy.ts";
import type { Random } from "../../core/random.ts";

/** One edit in words. */
export interface Edit {
  readonly kind: EditKind;
  /** The block that was put in, taken out or changed; for a combination those that were taken over. */
  readonly part: string;
  readonly detail: string;
}

/** What edits draw on. */
export interface Material {
  readonly random: Random;
  readonly box: readonly Part[];
  readonly mode: PolicyMode;
  /** What the child takes each block of the box and of the earlier agents to be worth. */
  readonly merits: Merits;
  /** The run's earlier agents. */
  readonly archive: readonly Partner[];
  /** Ids of the tasks that the parent passes. */
  readonly parentPassed: ReadonlySet<string>;
}

/** An agent after an edit, and the edit; null where the agent leaves nothing for it to do. */
export type Edited = { readonly agent: Agent; readonly edit: Edit } | null;

/** An earlier agent of the run, which a child may take blocks from. */
export interface Partner {
  /** The agent's name in a record: "generation 2, child 5". */
  readonly name: string;
  readonly agent: Agent;
  /** Ids of the tasks that it passes. */
  readonly passed: readonly string[];
}
