import { oneLine } from "../../core/one-line.ts";

/** A page of its parts, without those that there is nothing to say in. */
export function page(parts: readonly (string | null)[]): string {
  return parts
    .filter((part) => part !== null)
    .map((part) => part.trim())
    .join("\n\n")
    .concat("\n");
}

export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => "---"), ...rows].map(tableLine).join("\n");
}

function tableLine(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** Text from elsewhere, which must not become Markdown. */
export function text(value: string, length: number): string {
  return oneLine(value, length).replaceAll(/[\\`*_|<>[\]#]/g, String.raw`\$&`);
}

export function code(value: string): string {
  return `\`${value.replaceAll(/\\(.)/g, "$1").replaceAll("`", "'").replaceAll("|", "/")}\``;
}

/** A difference of proportions in percentage points. */
export function percent(difference: number): string {
  return `${difference < 0 ? "−" : "+"}${Math.abs(difference * 100).toFixed(1)}`;
}

export function pValue(p: number): string {
  return p < 0.001 ? "< 0.001" : p.toFixed(3);
}
