import { basename, dirname, join, resolve } from "node:path";

import { criteriaOf } from "../core/criteria.ts";
import { UserError } from "../errors.ts";
import { writeFileWhole } from "../files.ts";
import { CONTROL_FOLDERS, CONTROLS, isReplicateFolder } from "../store/layout.ts";
import { readRun } from "../store/read-run.ts";
import { holdsSeveral } from "../store/run-folders.ts";
import {
  type CardFacts,
  type ControlFacts,
  heldOutOf,
  proportion,
  selectionOf,
} from "./card/facts.ts";
import { cardMarkdown } from "./card/markdown.ts";
import { registeredBefore } from "./card/registered.ts";
import { severalCardFacts } from "./card/several-facts.ts";
import { severalCardMarkdown } from "./card/several-markdown.ts";
import { scoreRows } from "../core/run-tables.ts";

/** `metai card`, as commander parses it. */
export interface CardOptions {
  output?: string | undefined;
}

/** `metai card RUN`: one page of Markdown on a run, or on several of one configuration. */
export async function runCard(folder: string, { output }: CardOptions): Promise<void> {
  const markdown = (await holdsSeveral(folder))
    ? severalCardMarkdown(await severalCardFacts(folder))
    : cardMarkdown(await cardFacts(folder));
  if (output === undefined) process.stdout.write(markdown);
  else await writeFileWhole(output, markdown);
}

async function cardFacts(folder: string): Promise<CardFacts> {
  const run = await readRun(folder);
  const { record, content, started, head } = run;
  const selection = selectionOf(record);
  if (selection === null) {
    throw new UserError(`The run in ${folder} has no score yet: go on with it first (--resume).`);
  }
  const { ended } = record;
  const times = content.lines.map(({ time }) => time);
  return {
    facts: started.facts,
    head,
    events: content.lines.length,
    startedAt: times[0] ?? "",
    endedAt: times.at(-1) ?? null,
    ended: ended?.ended ?? "not over",
    problem: ended?.problem ?? null,
    resumed: content.lines.filter(({ event }) => event.type === "run-resumed").length,
    rows: scoreRows(record),
    selection,
    heldOut: heldOutOf(record),
    controls: await controlsBeside(folder),
    registered: await registeredBefore(run),
    criteria: criteriaOf(
      content.lines.map(({ event }) => event),
      record,
    ),
  };
}

/**
 * The controls that stand below a run's folder, each a run of its own. Of one of several runs they stand below the
 * folder of all, each in several runs too, of which the one of the same name is its own.
 */
async function controlsBeside(folder: string): Promise<ControlFacts[]> {
  const name = basename(resolve(folder));
  const [results, replicate] = isReplicateFolder(name)
    ? [dirname(resolve(folder)), name]
    : [folder, ""];
  const controls: ControlFacts[] = [];
  for (const control of CONTROL_FOLDERS) {
    const run = await readRun(join(results, CONTROLS, control, replicate)).catch(
      (error: unknown) => {
        if (error instanceof UserError) return null; // there is none that could be told of
        throw error;
      },
    );
    const rows = run === null ? [] : scoreRows(run.record);
    const [first, last] = [rows.at(0), rows.at(-1)];
    if (first === undefined || last === undefined) continue;
    controls.push({
      control,
      seed: proportion(first.passed, first.total),
      final: proportion(last.passed, last.total),
      generations: last.generation,
    });
  }
  return controls;
}
