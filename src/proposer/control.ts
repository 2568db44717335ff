import { createHash } from "node:crypto";

import { extractPython } from "../core/extract.ts";
import type { Proposer } from "../core/ports.ts";
import type { RunType } from "../core/records.ts";

/** The proposers that improve nothing, to show what the procedure makes of that. */
export type NullEdit =
  | { readonly control: "same" }
  /** Every draw comes from the seed. */
  | { readonly control: "random-edit"; readonly seed: number };

/**
 * Offers the parent as it is, or with a comment of no meaning at its end: same seed, generation and child,
 * same comment. Asks no model, so its rows cannot be of run type `api`.
 */
export function controlProposer(edit: NullEdit, runType: Exclude<RunType, "api">): Proposer {
  const model = edit.control === "same" ? "control same" : `control random-edit seed ${edit.seed}`;
  return {
    runType,
    model,
    baseUrl: null,
    async propose({ generation, child, parentSource }, { signal, onEvent, record }) {
      signal.throwIfAborted();
      const about = { generation, child, attempt: 1 };
      onEvent({ type: "request-started", ...about });
      await record({ type: "request", time: now(), ...about, model });
      const source =
        edit.control === "same"
          ? parentSource
          : withComment(parentSource, `${edit.seed} ${generation} ${child}`);
      const answer = asAnswer(source);
      const proposal = { answer, responseModel: null, finishReason: null, usage: null };
      await record(
        { type: "response", time: now(), ...about, usage: null, body: source },
        proposal,
      );
      return proposal;
    },
  };
}

/** In place of the comment of an earlier edit, so that sources do not grow. */
function withComment(source: string, draw: string): string {
  const word = createHash("sha256").update(draw, "utf8").digest("hex").slice(0, 8);
  return `${source.replace(/\n# an edit of no meaning: [0-9a-f]{8}\n$/, "\n")}# an edit of no meaning: ${word}\n`;
}

/** A text that the source is taken out of byte for byte. */
function asAnswer(source: string): string {
  const fenced = `\`\`\`\`python\n${source}\`\`\`\``;
  const answer = [source, fenced].find((text) => {
    const extraction = extractPython(text);
    return extraction.ok && extraction.source === source;
  });
  return answer ?? source;
}

function now(): string {
  return new Date().toISOString();
}
