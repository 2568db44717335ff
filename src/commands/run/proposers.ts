import type { ProposerConfig, SearchConfig } from "../../config/improver.ts";
import type { Evaluator, Proposer } from "../../core/ports.ts";
import { controlProposer } from "../../proposer/control.ts";
import { mockProposer } from "../../proposer/mock.ts";
import { smokeGate } from "./gate.ts";
import { readSeedAgent } from "../package-info.ts";

/** A proposer that is checked as far as can be before the evaluator runs, and the agent that it begins with. */
export interface PreparedProposer {
  readonly seedSource: string;
  /** SHA-256 of the box of parts that it takes from, or null. */
  readonly boxSha256: string | null;
  /** Of every draw, or what tells one of several runs from the others; null where there is neither. */
  readonly seed: number | null;
  start(evaluator: Evaluator): Proposer;
}

export async function prepareProposer(config: ProposerConfig): Promise<PreparedProposer> {
  if (config.kind === "search") {
    const { boxSha256, readBox } = await import("../../proposer/search/box.ts");
    const { searchProposer } = await import("../../proposer/search/proposer.ts");
    const { seed, policy } = config;
    const box = await readBox();
    return {
      seedSource: readSeedAgent("synth"),
      boxSha256: boxSha256(box),
      seed,
      start: (evaluator) => searchProposer({ seed, policy, box, gate: smokeGate(evaluator) }),
    };
  }
  const proposer = await createProposer(config);
  const isSearch = config.kind === "null" && config.inPlaceOf === "search";
  return {
    seedSource: readSeedAgent(isSearch ? "synth" : "seed"),
    boxSha256: null,
    seed: "seed" in config ? config.seed : null,
    start: () => proposer,
  };
}

/** The same for one of several runs, which draws from a seed of its own if it draws at all. */
export async function prepareReplicate(
  config: ProposerConfig,
  seed: number,
): Promise<PreparedProposer & { readonly seed: number }> {
  return { ...(await prepareProposer("seed" in config ? { ...config, seed } : config)), seed };
}

/** The control that needs no search: the seed with every part of the box at once. */
export async function prepareEveryPart(config: SearchConfig): Promise<PreparedProposer> {
  const { everyPart, readBox } = await import("../../proposer/search/box.ts");
  const prepared = await prepareProposer(config);
  return { ...prepared, seedSource: everyPart(prepared.seedSource, await readBox()) };
}

async function createProposer(
  config: Exclude<ProposerConfig, { kind: "search" }>,
): Promise<Proposer> {
  if (config.kind === "mock") return mockProposer();
  if (config.kind === "null") {
    return controlProposer(config, config.inPlaceOf === "mock" ? "mock" : "search");
  }
  const { openaiProposer } = await import("../../proposer/openai.ts");
  const { requestTimeoutSeconds, ...rest } = config;
  return openaiProposer({ ...rest, requestTimeoutMs: requestTimeoutSeconds * 1000 });
}
