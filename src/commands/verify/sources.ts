import type { RunFacts } from "../../core/journal.ts";
import { scriptedAnswer } from "../../proposer/mock.ts";
import { readReply } from "../../proposer/reply.ts";
import { proposalOf } from "../../proposer/transcript.ts";
import type { AnswerSources } from "../../verify/answers.ts";
import { packageVersion } from "../package-info.ts";

/** How servers' replies are read, and the scripts of a mock run, as far as this metai has the same. */
export async function answerSources({
  run_type,
  settings,
  versions,
}: RunFacts): Promise<AnswerSources> {
  const isScripted = run_type === "mock" && versions.metai === packageVersion();
  const generations = isScripted ? settings.generations : 0;
  const scripts = await Promise.all(
    Array.from({ length: generations }, (_, index) => scriptedAnswer(index + 1)),
  );
  return {
    readReply: ({ status, body }) => {
      const text = textOf(body);
      if (text === null) return null;
      const read = readReply({
        status,
        text,
        retryAfter: undefined,
        retryAfterMs: undefined,
        location: undefined,
      });
      return read.kind === "completion" ? proposalOf(read.completion) : null;
    },
    scriptOf: (generation) => scripts[generation - 1] ?? null,
  };
}

/** Null for what is nested too deep to be a reply. */
function textOf(body: unknown): string | null {
  if (typeof body === "string") return body;
  try {
    return JSON.stringify(body ?? null);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
