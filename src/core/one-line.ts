/** Untrusted text on one line of at most `length` characters, without control characters. */
export function oneLine(text: string, length: number): string {
  const line = text
    // Enough to fill the line, however much of it is white space that will be folded.
    .slice(0, length * 10)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Surrogate}\s]+/gu, " ")
    .trim();
  // A cut can leave half of a surrogate pair.
  return line.length <= length ? line : `${line.slice(0, length - 1).replace(/\p{Cs}$/u, "")}…`;
}
