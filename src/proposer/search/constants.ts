/** A changeable constant of an agent: a line `NAME = 4.0  # [0.5..40] words`. */
export interface Constant {
  readonly name: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** How many decimals it is written with at most; 0 for an integer, which stays one. */
  readonly decimals: number;
}

const LINE =
  /^([A-Za-z_]\w*)( *= *)(-?\d[\d_]*(?:\.\d+)?)( *# \[(-?\d[\d_]*(?:\.\d+)?)\.\.(-?\d[\d_]*(?:\.\d+)?)\].*)$/;

/** The constants of a block, in the order of its lines. Ranges that are empty are passed over. */
export function readConstants(text: string): Constant[] {
  return text.split("\n").flatMap((line) => readConstant(line) ?? []);
}

function readConstant(line: string): Constant | undefined {
  const found = LINE.exec(line);
  if (found === null) return undefined;
  const [, name = "", , ...numbers] = found;
  const [number = "", , from = "", to = ""] = numbers.map((text) => text.replaceAll("_", ""));
  const value = Number(number);
  const isInteger = !number.includes(".");
  const low = isInteger ? Math.ceil(Number(from)) : Number(from);
  const high = isInteger ? Math.floor(Number(to)) : Number(to);
  if (!Number.isFinite(value) || !(low <= high)) return undefined;
  const decimals = isInteger ? 0 : Math.max(LEAST_DECIMALS, decimalsOf(from), decimalsOf(to));
  return { name, value, low, high, decimals };
}

const LEAST_DECIMALS = 3;

function decimalsOf(number: string): number {
  return number.split(".")[1]?.length ?? 0;
}

/** The text with the constant's value changed; nothing else moves. */
export function writeConstant(text: string, constant: Constant, value: number): string {
  const lines = text.split("\n").map((line) => {
    if (readConstant(line)?.name !== constant.name) return line;
    return line.replace(LINE, (_, name: string, equals: string, __: string, comment: string) => {
      return `${name}${equals}${printValue(constant, value)}${comment}`;
    });
  });
  return lines.join("\n");
}

/** As Python source: an integer as one, anything else with at least one decimal. */
export function printValue({ decimals }: Constant, value: number): string {
  return value.toFixed(decimals).replace(/(\.\d+?)0+$/, "$1");
}

/** The nearest value that the constant may have: in its range, and as it would be written. */
export function fit(constant: Constant, value: number): number {
  const written = Number(printValue(constant, value));
  return Math.min(Math.max(written, constant.low), constant.high);
}
