import { z } from "zod";
import type { TokenUsage } from "../core/ports.ts";
import type { Reply } from "./exchange.ts";

/** A chat completion, reduced to what metai uses. */
export interface Completion {
  /** The model's text, its refusal, or "" where it gave neither. */
  readonly answer: string;
  readonly model: string | null;
  readonly finishReason: string | null;
  readonly usage: TokenUsage | null;
}

/** What a server says is wrong, in any of the shapes in use. */
export interface ServerError {
  readonly message: string;
  readonly code: string;
  readonly type: string;
  readonly param: string;
}

export type ReadReply =
  | { readonly kind: "completion"; readonly completion: Completion }
  | ErrorReply
  /** A reply that should be a completion and is none, and why. */
  | { readonly kind: "broken"; readonly reason: string };

export interface ErrorReply {
  readonly kind: "error";
  /** The HTTP status, or the one in the body where a gateway reports an error with status 200. */
  readonly status: number;
  readonly error: ServerError;
}

const Text = z.string().nullish();

/** Some servers send the text in parts, as the API takes it. */
const Content = z
  .union([
    z.string(),
    z
      .array(z.object({ type: z.string(), text: Text }))
      .transform((parts) => parts.map((part) => part.text ?? "").join("")),
  ])
  .nullish();

const TokenCount = z.int().nonnegative();

const CompletionBody = z.object({
  model: Text.catch(null),
  choices: z
    .array(
      z.object({
        finish_reason: Text.catch(null),
        message: z.object({ content: Content, refusal: Text.catch(null) }),
      }),
    )
    .min(1),
  // Local servers leave the counts out or send them by halves: then nothing was counted.
  usage: z
    .object({ prompt_tokens: TokenCount, completion_tokens: TokenCount })
    .nullish()
    .catch(null),
});

const Field = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(null);

const ErrorFields = z.object({ message: Field, code: Field, type: Field, param: Field });

const ErrorBody = z.union([
  z.object({ error: z.union([ErrorFields, z.string().transform(onlyMessage)]) }),
  z.object({ detail: z.string() }).transform(({ detail }) => ({ error: onlyMessage(detail) })),
  z.object({ message: z.string() }).transform(({ message }) => ({ error: onlyMessage(message) })),
]);

function onlyMessage(message: string): z.infer<typeof ErrorFields> {
  return { message, code: null, type: null, param: null };
}

/** Tells a completion from an error and from a reply that is neither. */
export function readReply(reply: Reply): ReadReply {
  const json = parseJson(reply.text);
  const error = json === undefined ? undefined : parseError(json);
  if (reply.status < 200 || reply.status >= 300) {
    return { kind: "error", status: reply.status, error: error ?? NO_WORDS };
  }
  if (json === undefined) return { kind: "broken", reason: describeNonJson(reply.text) };

  const parsed = CompletionBody.safeParse(json);
  if (parsed.success) {
    return { kind: "completion", completion: toCompletion(parsed.data) };
  }
  // Gateways such as OpenRouter report an upstream's error with status 200.
  if (error !== undefined) {
    const code = Number(error.code);
    return { kind: "error", status: code >= 400 && code < 600 ? code : 502, error };
  }
  return { kind: "broken", reason: "the server's reply is no chat completion" };
}

function toCompletion({ model, choices, usage }: z.infer<typeof CompletionBody>): Completion {
  const choice = choices[0];
  return {
    answer: choice?.message.content || (choice?.message.refusal ?? ""),
    model: model ?? null,
    finishReason: choice?.finish_reason ?? null,
    usage: usage
      ? { promptTokens: usage.prompt_tokens, completionTokens: usage.completion_tokens }
      : null,
  };
}

const NO_WORDS: ServerError = { message: "", code: "", type: "", param: "" };

function parseError(json: unknown): ServerError | undefined {
  const parsed = ErrorBody.safeParse(json);
  if (!parsed.success) return undefined;
  const { message, code, type, param } = parsed.data.error;
  return { message: message ?? "", code: code ?? "", type: type ?? "", param: param ?? "" };
}

/** The parsed value, or undefined where the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function describeNonJson(text: string): string {
  const start = text.trimStart();
  if (start === "") return "the server's reply is empty";
  if (start.startsWith("<")) return "the server replied with an HTML page instead of JSON";
  return "the server's reply was cut off or is not JSON";
}
