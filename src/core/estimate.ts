import type { TaskReport, TokenUsage } from "./ports.ts";
import { buildMessages, LONGEST_REASON } from "./prompt.ts";
import type { VisibleTask } from "./records.ts";

/**
 * Characters a token, OpenAI's rule of thumb for English text:
 * https://help.openai.com/en/articles/4936856-what-are-tokens-and-how-to-count-them
 */
export const CHARACTERS_PER_TOKEN = 4;

/** Tokens of an agent that has grown: a guess, some 400 lines of Python. */
export const GROWN_AGENT_TOKENS = 4000;

/** How many requests runs make, all of the same kind. */
export interface RunSize {
  readonly runs: number;
  readonly generations: number;
  /** Children in each generation, a request each. */
  readonly candidates: number;
}

/** Tokens of all requests, between a low and a high guess. */
export interface TokenRange {
  readonly low: TokenUsage;
  readonly high: TokenUsage;
}

/**
 * The tokens of runs that make all their requests, without retries. Low: each prompt is the first one, with
 * the seed agent in it, and each answer is as long as the seed. High: from the first answer on each agent
 * has `GROWN_AGENT_TOKENS`, in the answers and in the prompts that hold it, and each task in a prompt has a
 * reason of full length. What a model thinks before it answers is in neither: servers bill it as answer.
 */
export function estimateTokens(
  { runs, generations, candidates }: RunSize,
  seedSource: string,
  tasks: readonly VisibleTask[],
): TokenRange {
  const seed = seedSource.length;
  const grown = Math.max(seed, GROWN_AGENT_TOKENS * CHARACTERS_PER_TOKEN);
  const requests = runs * generations * candidates;
  const first = runs * candidates;
  const firstPrompt = promptTokens("x".repeat(seed), tasks, LONGEST_REASON);
  const laterPrompt = promptTokens("x".repeat(grown), tasks, LONGEST_REASON);
  return {
    low: {
      promptTokens: requests * promptTokens(seedSource, tasks, 0),
      completionTokens: requests * tokensOf(seed),
    },
    high: {
      promptTokens: first * firstPrompt + (requests - first) * laterPrompt,
      completionTokens: requests * tokensOf(grown),
    },
  };
}

function promptTokens(
  parentSource: string,
  tasks: readonly VisibleTask[],
  reasonLength: number,
): number {
  const reason = "x".repeat(reasonLength);
  const reports = tasks.map((task): TaskReport => ({ ...task, outcome: "failed", reason }));
  const request = { generation: 1, child: 1, parentSource, tasks: reports, archive: [] };
  const messages = buildMessages(request);
  return tokensOf(messages.reduce((sum, { content }) => sum + content.length, 0));
}

function tokensOf(characters: number): number {
  return Math.ceil(characters / CHARACTERS_PER_TOKEN);
}
