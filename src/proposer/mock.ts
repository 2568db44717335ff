import { readFile } from "node:fs/promises";
import type { Proposer } from "../core/ports.ts";

/** The scripted answers of generations 1 to 5, named by what each drives the loop to do. */
const SCRIPT = [
  "1-accepted.md",
  "2-rejected.md",
  "3-no-code.md",
  "4-accepted-better.md",
  "5-does-not-compile.md",
] as const;

/**
 * From generation 6 on the answers after the first are repeated: fewer passes, no code, a tie with
 * the standing agent, code that does not compile. Each is rejected for a reason of its own.
 */
const REPEATED = SCRIPT.slice(1);

/** A proposer that gives scripted answers. It tests the plumbing; nothing improves itself. */
export function mockProposer(): Proposer {
  const model = "mock-script";
  return {
    runType: "mock",
    model,
    baseUrl: null,
    async propose({ generation, child }, { signal, onEvent, record }) {
      signal.throwIfAborted();
      const script = scriptOf(generation);
      onEvent({ type: "request-started", generation, child, attempt: 1 });
      const about = { generation, child, attempt: 1 };
      await record({ type: "request", time: now(), ...about, model, script });
      const answer = await readFile(addressOf(script), { encoding: "utf8", signal });
      const proposal = { answer, responseModel: null, finishReason: null, usage: null };
      await record(
        { type: "response", time: now(), ...about, usage: null, body: answer },
        proposal,
      );
      return proposal;
    },
  };
}

/** The answer that a mock run gives in a generation, from 1. */
export function scriptedAnswer(generation: number): Promise<string> {
  return readFile(addressOf(scriptOf(generation)), "utf8");
}

function scriptOf(generation: number): string {
  const script =
    SCRIPT[generation - 1] ?? REPEATED[(generation - SCRIPT.length - 1) % REPEATED.length];
  if (script === undefined) throw new RangeError(`there is no generation ${generation}`);
  return script;
}

/** The scripts stay under src/, which is as far from dist/proposer/ as from src/proposer/. */
function addressOf(script: string): URL {
  return new URL(`../../src/proposer/mock/${script}`, import.meta.url);
}

function now(): string {
  return new Date().toISOString();
}
