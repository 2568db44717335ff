/** Takes secrets out of text from a server. */
export interface Redactor {
  /**
   * For what may hold code: leaves alone secrets so short or plain that they are rather a dummy key
   * ("x", "ollama") and could be a word of the answer.
   */
  readonly answer: (text: string) => string;
  /** For error replies: takes out every secret, those short ones as whole words. */
  readonly error: (text: string) => string;
}

const MASK = "[redacted]";

/**
 * A redactor works on raw text, before anything parses it: it also finds a secret that is escaped
 * for JSON (once or twice) or for a URL, and OpenAI's own shortened form of a key, "sk-ab***yz".
 */
export function createRedactor(secrets: readonly string[]): Redactor {
  const longestFirst = [...new Set(secrets)].toSorted((a, b) => b.length - a.length);
  const distinct = longestFirst.filter(isDistinct);
  const plain = longestFirst.filter((secret) => secret !== "" && !isDistinct(secret));
  const everywhere = [...distinct.map(anyForm), ...distinct.filter(isLong).map(shortened)];
  const wholeWords = plain.map((secret) => `(?<![\\w-])${anyForm(secret)}(?![\\w-])`);
  return {
    answer: replacer(everywhere),
    error: replacer([...everywhere, ...wholeWords]),
  };
}

/** Eight characters, or six that are not all letters: "lm-studio" counts, "ollama" does not. */
function isDistinct(secret: string): boolean {
  return secret.length >= 8 || (secret.length >= 6 && /[^a-z]/i.test(secret));
}

function isLong(secret: string): boolean {
  return secret.length >= 16;
}

function replacer(patterns: readonly string[]): (text: string) => string {
  if (patterns.length === 0) return (text) => text;
  const pattern = new RegExp(patterns.join("|"), "g");
  return (text) => text.replace(pattern, MASK);
}

function anyForm(secret: string): string {
  return Array.from(secret).map(anyFormOfCharacter).join("");
}

function anyFormOfCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const percent = encodeURIComponent(character);
  const forms = [
    `\\\\{1,3}u${anyCase(code.toString(16).padStart(4, "0"))}`,
    anyCase(percent === character ? `%${code.toString(16)}` : percent).replaceAll("%", "%(?:25)?"),
    literal(character),
  ];
  if (/["\\/]/.test(character)) forms.unshift(`\\\\{1,3}${literal(character)}`);
  return `(?:${forms.join("|")})`;
}

function shortened(secret: string): string {
  return `${literal(secret.slice(0, 3))}[\\w-]{0,40}\\*{3,}[\\w*-]{0,40}`;
}

function anyCase(hex: string): string {
  return hex.replaceAll(/[a-f]/gi, (digit) => `[${digit.toLowerCase()}${digit.toUpperCase()}]`);
}

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}
