import { createHash } from "node:crypto";
import { extractPython } from "../../core/extract.ts";
import type { Proposal, ProposalRequest, Proposer } from "../../core/ports.ts";
import { UserError } from "../../errors.ts";
import { parseAgent, type Agent } from "./blocks.ts";
import { boxSha256, type Part } from "./box.ts";
import type { Edit } from "./edit.ts";
import { drawOffspring, drawPolicyChange, type Given, type Offspring } from "./offspring.ts";
import { readPolicy, type Policy, type PolicyMode } from "./policy.ts";

export interface SearchProposerOptions {
  /** Of every draw. The same seed gives the same agents on every machine. */
  readonly seed: number;
  readonly policy: PolicyMode;
  readonly box: readonly Part[];
  /** Why a child is not fit to be offered (it does not compile, fails a smoke test), in words, or null. */
  readonly gate: (source: string, signal: AbortSignal) => Promise<string | null>;
}

/** How often a child is drawn again before its parent is offered instead. */
const MOST_ATTEMPTS = 20;

/**
 * The keyless improver: it edits the source of the standing agent, block by block, as that source's own policy
 * says. A child that is not fit, or that the run has had already, is drawn again; after 20 attempts the
 * parent is offered with only its policy changed or, where that is not fit or fixed, as it is.
 *
 * `propose` throws a UserError where an agent is not made of blocks.
 */
export function searchProposer({ seed, policy, box, gate }: SearchProposerOptions): Proposer {
  const model = `search seed ${seed}${policy === "fixed" ? ", policy fixed" : ""}`;
  const boxHash = boxSha256(box);
  return {
    runType: "search",
    model,
    baseUrl: null,
    async propose(request, { signal, onEvent, record }) {
      signal.throwIfAborted();
      const { generation, child, parentSource } = request;
      const parent = parseParent(parentSource);
      onEvent({ type: "request-started", generation, child, attempt: 1 });
      const about = { generation, child, model };
      const asked = { seed, policy_mode: policy, policy: policyInWords(readPolicy(parent)) };
      const hashes = { parent_sha256: sha256(parentSource), box_sha256: boxHash };
      await record({ type: "request", time: now(), ...about, ...asked, ...hashes });

      const material = materialOf(request, box, policy);
      const chosen = await firstFit(parent, { seed, request, material, gate, signal });
      const proposal = offer(chosen.offspring.source);
      await record(
        { type: "response", time: now(), ...about, ...responseInWords(chosen) },
        proposal,
      );
      return proposal;
    },
  };
}

interface Search {
  readonly seed: number;
  readonly request: ProposalRequest;
  readonly material: Given;
  readonly gate: SearchProposerOptions["gate"];
  readonly signal: AbortSignal;
}

interface Chosen {
  readonly offspring: Offspring;
  readonly offered: "edited child" | "parent with its policy changed" | "parent unchanged";
  /** Why each earlier draw was not offered. */
  readonly refusals: readonly string[];
}

async function firstFit(parent: Agent, search: Search): Promise<Chosen> {
  const { seed, request, material, gate, signal } = search;
  const { generation, child, parentSource, archive } = request;
  const known = new Set([parentSource, ...archive.map(({ source }) => source)]);
  const refusals: string[] = [];
  const isFit = async (source: string) => {
    signal.throwIfAborted();
    const reason = known.has(source)
      ? "the run has had this agent already"
      : (whyAltered(source) ?? (await gate(source, signal)));
    if (reason !== null) refusals.push(reason);
    return reason === null;
  };

  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    const offspring = drawOffspring(parent, { seed, generation, child, attempt }, material);
    if (await isFit(offspring.source)) return { offspring, offered: "edited child", refusals };
  }
  if (material.mode === "adaptive") {
    const attempt = MOST_ATTEMPTS + 1;
    const offspring = drawPolicyChange(parent, { seed, generation, child, attempt });
    if (await isFit(offspring.source)) {
      return { offspring, offered: "parent with its policy changed", refusals };
    }
  }
  const offspring = { source: parentSource, edits: [], policy: readPolicy(parent) };
  return { offspring, offered: "parent unchanged", refusals };
}

function materialOf(
  { tasks, archive }: ProposalRequest,
  box: readonly Part[],
  mode: PolicyMode,
): Given {
  const passed = tasks.filter(({ outcome }) => outcome === "passed");
  return {
    box,
    mode,
    archive: archive.map(({ generation, child, source, passed }) => {
      const name = generation === 0 ? "the seed" : `generation ${generation}, child ${child}`;
      return { name, agent: parseAgent(source), passed };
    }),
    parentPassed: new Set(passed.map(({ task_id }) => task_id)),
  };
}

function parseParent(source: string): Agent {
  const reason = whyAltered(source);
  if (reason !== null)
    throw new UserError(`The search proposer cannot edit this agent: ${reason}.`);
  return parseAgent(source);
}

/** An answer is a text that code is taken out of, and this one must come out as it went in. */
function whyAltered(source: string): string | null {
  const extraction = extractPython(source);
  if (!extraction.ok) return extraction.reason;
  return extraction.source === source
    ? null
    : "as an answer it would not be taken for one whole Python file, which begins with a docstring and ends with one newline";
}

function responseInWords({ offspring, offered, refusals }: Chosen) {
  const { source, edits, policy } = offspring;
  return {
    offered,
    edits: edits.map(editInWords),
    policy: policyInWords(policy),
    attempts: refusals.length + (offered === "parent unchanged" ? 0 : 1),
    refusals,
    agent_sha256: sha256(source),
    usage: null,
  };
}

function editInWords({ kind, part, detail }: Edit): string {
  return [kind, part, detail].filter((word) => word !== "").join(" ");
}

function policyInWords({ editsPerChild, weights, doubt, adapt }: Policy) {
  return {
    edits_per_child: editsPerChild,
    weights: Object.fromEntries(weights),
    doubt,
    adapt,
  };
}

function offer(answer: string): Proposal {
  return { answer, responseModel: null, finishReason: null, usage: null };
}

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

function now(): string {
  return new Date().toISOString();
}
