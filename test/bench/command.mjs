/** What the benches have in common: their options, runs of the built command, and an end in one line. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

/** The built command. */
export const CLI = fileURLToPath(new URL("../../dist/bin.cjs", import.meta.url));

/** Ends a bench; where it has no message, the reason stands on the screen already. */
class Stopped extends Error {
  constructor(message, code) {
    super(message);
    this.code = code;
  }
}

process.on("uncaughtException", (error) => {
  const isOurs = error instanceof Stopped;
  if (!isOurs || error.message !== "") console.error(isOurs ? error.message : error);
  process.exit(isOurs ? error.code : 1);
});

/** Ends the bench for wrong input. */
export function refuse(why) {
  throw new Stopped(why, 2);
}

/** The options of a bench, in the form that parseArgs takes and gives. */
export function readOptions(options) {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return refuse(error.message);
  }
}

/** What the command prints on stdout. Where it fails, its own words are on stderr, and the bench ends. */
export function metai(args) {
  const command = [CLI, ...args.map(String)];
  const options = { stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1 << 26 };
  const { status, stdout, error } = spawnSync(process.execPath, command, options);
  if (error) throw error;
  if (status !== 0) throw new Stopped("", status ?? 1);
  return stdout.toString();
}
