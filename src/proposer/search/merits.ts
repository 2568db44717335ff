import type { Random } from "../../core/random.ts";
import { hasBlock, type Block } from "./blocks.ts";
import type { Partner } from "./edit.ts";

/** How many tasks more an agent passes for having a block, by the block's name, as one child takes it to be. */
export type Merits = ReadonlyMap<string, number>;

/** How often each suspicion is drawn anew: in simulated runs 3 times brought 6.5 of ten tasks, 10 and 30 times 6.6 and 6.7. */
const SWEEPS = 20;
/** How likely it is, before anything is known, that a task needs a block, and that the block spoils it. */
const SUSPECTED = 0.2;
/** What a block is worth, in tasks, for having stood in an agent that passes any: it may serve on others. */
const HARMLESS = 0.2;

/**
 * What the run's earlier agents say of each block, drawn anew for each child, so that what is known is used
 * and what is in doubt is tried (Thompson, On the likelihood that one unknown probability exceeds another in
 * view of the evidence of two samples, Biometrika 25, 1933).
 *
 * A task is taken to be passed by just those agents that have every block it needs and none that spoils it, a
 * conjunction (Valiant, A theory of the learnable, Communications of the ACM 27, 1984). So what an agent that passes
 * lacks is not needed, what it has spoils nothing, and each agent that fails lacks something needed or has
 * something that spoils. Gibbs sampling (Geman and Geman, Stochastic relaxation, Gibbs distributions, and the
 * Bayesian restoration of images, IEEE PAMI 6, 1984) draws one explanation of the record, in which blocks that do
 * something to one task are likelier to do so to others. A block's merit is the tasks that need it less those
 * that it spoils, and noise. Where nothing is told of what agents pass, this noise is all there is.
 *
 * @param names The blocks that are asked about.
 * @param archive The run's earlier agents.
 * @param doubt The standard deviation of that noise, in tasks.
 */
export function drawMerits(
  names: Iterable<string>,
  archive: readonly Partner[],
  doubt: number,
  random: Random,
): Merits {
  const roles = Array.from(names, (name): Role => {
    const had = archive.map(({ agent }) => hasBlock(agent, name));
    return { name, had, needed: 0, spoils: 0 };
  });
  const tasks = new Set(archive.flatMap(({ passed }) => passed));
  const cases = Array.from(tasks, (task) => openCase(task, roles, archive));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const { suspicions, reasons } of cases) {
      for (const suspicion of suspicions) reconsider(suspicion, reasons, tasks.size, random);
    }
  }
  const isHarmless = ({ had }: Role) =>
    archive.some(({ passed }, at) => had[at] && passed.length > 0);
  return new Map(
    roles.map((role) => {
      const known = role.needed - role.spoils + (isHarmless(role) ? HARMLESS : 0);
      return [role.name, known + doubt * normal(random)];
    }),
  );
}

/** What a block is worth in tasks, where it is known of. */
export function meritOf({ name }: Pick<Block, "name">, merits: Merits): number {
  return merits.get(name) ?? 0;
}

/** What a block is taken to do: the number of tasks that need it, and that it spoils. */
interface Role {
  readonly name: string;
  /** Whether each agent of the archive has it. */
  readonly had: readonly boolean[];
  needed: number;
  spoils: number;
}

/** That one task needs a block, or that the block spoils it. */
interface Suspicion {
  readonly role: Role;
  readonly effect: "needed" | "spoils";
  /** The agents that would fail for it, by their places in the archive. */
  readonly explains: readonly number[];
  holds: boolean;
}

/** Why agents fail one task: every suspicion that no agent that passes it refutes. */
interface Case {
  readonly suspicions: readonly Suspicion[];
  /** For each agent of the archive, how many suspicions that hold explain that it fails. */
  readonly reasons: number[];
}

/** At first, every suspicion holds. */
function openCase(task: string, roles: readonly Role[], archive: readonly Partner[]): Case {
  const passes = archive.map(({ passed }) => passed.includes(task));
  const reasons = archive.map(() => 0);
  const suspicions: Suspicion[] = [];
  for (const role of roles) {
    for (const effect of ["needed", "spoils"] as const) {
      const fails = role.had.map((has) => has === (effect === "spoils"));
      if (fails.some((would, at) => would && passes[at])) continue;
      const explains = fails.flatMap((would, at) => (would ? [at] : []));
      const suspicion = { role, effect, explains, holds: false };
      suspicions.push(suspicion);
      settle(suspicion, true, reasons);
    }
  }
  return { suspicions, reasons };
}

/** Draws whether a suspicion holds, given all others: it must where nothing else explains that some agent fails. */
function reconsider(suspicion: Suspicion, reasons: number[], tasks: number, random: Random): void {
  const { role, effect, explains, holds } = suspicion;
  if (holds) settle(suspicion, false, reasons);
  const isOnlyReason = explains.some((agent) => reasons[agent] === 0);
  const share = (SUSPECTED + role[effect]) / (1 + tasks);
  if (isOnlyReason || random.fraction() < share) settle(suspicion, true, reasons);
}

function settle(suspicion: Suspicion, holds: boolean, reasons: number[]): void {
  const by = holds ? 1 : -1;
  suspicion.holds = holds;
  suspicion.role[suspicion.effect] += by;
  for (const agent of suspicion.explains) reasons[agent] = (reasons[agent] ?? 0) + by;
}

/**
 * A draw that is nearly standard normal: twelve uniform ones, added up, less their mean. No logarithm, which
 * machines may compute differently.
 */
function normal(random: Random): number {
  let total = -6;
  for (let count = 0; count < 12; count++) total += random.fraction();
  return total;
}
