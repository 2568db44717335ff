import { describe, expect, test } from "vitest";
import { UserError } from "../../src/errors.ts";
import { checkOpenaiAccess, type AccessOptions } from "../../src/proposer/access.ts";

describe("before a run", () => {
  test.each<AccessOptions>([
    { apiKey: "sk-0123456789" },
    { apiKey: " sk-0123456789\n" },
    { apiKey: "sk-0123456789", baseUrl: "https://api.openai.com/v1/" },
    { baseUrl: "http://localhost:11434/v1" },
    { baseUrl: "https://ada:secret@models.example.org/v1" },
    { apiKey: "sk-0123456789", baseUrl: "" },
  ])("%o is all that is needed", (options) => {
    expect(() => checkOpenaiAccess(options)).not.toThrow();
  });

  test.each<[AccessOptions, RegExp]>([
    [{}, /No OpenAI key is set.*OPENAI_API_KEY.*--mock/],
    [{ apiKey: "  " }, /No OpenAI key/],
    [{ baseUrl: "https://eu.api.openai.com/v1" }, /No OpenAI key/],
    [{ apiKey: "sk-012345\n6789" }, /OPENAI_API_KEY holds/],
    [{ apiKey: "sk-0123456789…" }, /OPENAI_API_KEY holds/],
    [{ baseUrl: "localhost:11434/v1" }, /no web address.*http:\/\/localhost/],
    [{ baseUrl: "not an address" }, /no web address/],
    [{ baseUrl: "http://localhost/v1?key=sk-0123456789" }, /leave out what follows \?/],
    [{ baseUrl: "http://localhost/v1/chat/completions" }, /leave out \/chat\/completions/],
  ])("%o is refused in words that show no key", (options, sentence) => {
    expect(() => checkOpenaiAccess(options)).toThrow(UserError);
    expect(() => checkOpenaiAccess(options)).toThrow(sentence);
    expect(() => checkOpenaiAccess(options)).not.toThrow(/6789/);
  });
});
