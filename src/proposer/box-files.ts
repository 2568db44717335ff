import { readdir, readFile } from "node:fs/promises";
import { describeSystemError, UserError } from "../errors.ts";

/** The parts stay under src/, which is as far from dist/proposer/ and from the bundle as from src/proposer/. */
const PARTS = new URL("../../src/agents/synth/parts/", import.meta.url);

/** The files of the box of parts, by their names without `.py`. @throws UserError if they cannot be read. */
export async function readBoxFiles(folder: URL = PARTS): Promise<Map<string, string>> {
  try {
    const files = (await readdir(folder)).filter((file) => file.endsWith(".py"));
    const texts = files.map(async (file): Promise<[string, string]> => {
      return [file.slice(0, -".py".length), await readFile(new URL(file, folder), "utf8")];
    });
    return new Map(await Promise.all(texts));
  } catch (error) {
    const message = describeSystemError(error);
    if (message === null) throw error;
    throw new UserError(message, { cause: error });
  }
}
