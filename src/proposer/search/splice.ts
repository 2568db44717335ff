import { below } from "../../core/random.ts";
import { POLICY, replaceBlock, type Agent, type Block } from "./blocks.ts";
import type { Edited, Material } from "./edit.ts";
import { chance, pick } from "./random.ts";
import { bareStatement, joinStatements, splitStatements } from "./statements.ts";

/** Puts one statement of a part, from the box or from an earlier agent, into a block of this one. */
export function splice(agent: Agent, material: Material): Edited {
  const { random } = material;
  const targets = agent.blocks.filter(({ name }) => name !== POLICY);
  const donors = donorsOf(material);
  if (targets.length === 0 || donors.length === 0) return null;

  const donor = pick(random, donors);
  const given = splitStatements(donor.text).statements.map(bareStatement);
  const present = new Set(
    agent.blocks.flatMap(({ text }) => splitStatements(text).statements.map(bareStatement)),
  );
  const fresh = given.filter((statement) => !present.has(statement));
  if (fresh.length === 0) return null;

  const statement = pick(random, fresh);
  const target = pick(random, targets);
  const { first, statements, last } = splitStatements(target.text);
  const at = below(random, statements.length + 1);
  const spliced = statements.toSpliced(at, 0, statement);
  const text = joinStatements({ first, statements: spliced, last });
  return {
    agent: replaceBlock(agent, target.name, { name: target.name, text }),
    edit: { kind: "splice", part: target.name, detail: `a statement of ${donor.name}` },
  };
}

/** The box, or the blocks of an earlier agent: each as likely as the other where there are both. */
function donorsOf({ random, box, archive }: Material): readonly Pick<Block, "name" | "text">[] {
  if (archive.length === 0 || (box.length > 0 && chance(random, 1 / 2))) return box;
  return pick(random, archive).agent.blocks.filter(({ name }) => name !== POLICY);
}
