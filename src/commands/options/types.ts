import { InvalidArgumentError } from "@commander-js/extra-typings";

/** A name, a path or an address. */
export function nonEmpty(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("It is empty.");
  return text;
}

/** Parses a whole number from `min` to `max`. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return parser(/^\d+$/, min, max, "a whole number");
}

/** Parses `all`, `none` (which is 0) or how many. */
export function countOrAll(text: string): number | "all" {
  if (text === "all") return "all";
  if (text === "none") return 0;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It takes all, none or a whole number from 1.");
}

/** Parses whole numbers from `min` to `max` with commas between them, into their order without doubles. */
export function wholeNumbers(min: number, max: number): (text: string) => number[] {
  const one = wholeNumber(min, max);
  return (text) =>
    [...new Set(text.split(",").map((part) => one(part.trim())))].toSorted((a, b) => a - b);
}

/** Parses a decimal number from `min` to `max`. */
export function decimal(min: number, max: number): (text: string) => number {
  return parser(/^(\d+(\.\d*)?|\.\d+)$/, min, max, "a number");
}

function parser(pattern: RegExp, min: number, max: number, what: string) {
  return (text: string): number => {
    const value = Number(text);
    if (!pattern.test(text) || value < min || value > max) {
      throw new InvalidArgumentError(`It takes ${what} from ${min} to ${max}.`);
    }
    return value;
  };
}
