import { chmod, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";

import { contentsOf } from "./cli/folder.ts";
import { metaiOptions } from "./cli/metai.ts";
import { createFolder, removeFolder } from "./helpers/temporary.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

const Packed = z.tuple([
  z.object({
    filename: z.string(),
    /** Bytes. */
    size: z.number(),
    files: z.array(z.object({ path: z.string() })),
  }),
]);

let home: string;
let user: string;
let packed: z.infer<typeof Packed>[0];

beforeAll(async () => {
  home = await createFolder();
  user = await createFolder();
  const pack = ["pack", "--ignore-scripts", "--json", "--pack-destination", home];
  const { stdout } = await execa("npm", pack, { cwd: ROOT });
  [packed] = Packed.parse(JSON.parse(stdout));
  await writeFile(join(user, "package.json"), '{ "private": true, "type": "module" }\n');
  const install = ["install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"];
  await execa("npm", [...install, join(home, packed.filename)], { cwd: user });
  await makeReadOnly(join(user, "node_modules", "metai"));
}, 300_000);

afterAll(async () => {
  await removeFolder(home);
  await removeFolder(user);
});

/** As an administrator's installation is. (Root may write all the same: the tests compare as well.) */
async function makeReadOnly(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) await chmod(join(entry.parentPath, entry.name), 0o555);
  }
}

/** A command as its user types it in the folder into which the package is installed. */
function npx(args: readonly string[]) {
  return execa("npx", ["--no-install", ...args], metaiOptions({ cwd: user }));
}

test("the package holds what it needs to run and nothing else", () => {
  const paths = packed.files.map(({ path }) => path);
  const folders = new Set(paths.map((path) => path.split("/").slice(0, 2).join("/")));
  expect([...folders].filter((name) => !name.startsWith("dist/")).toSorted()).toEqual([
    "LICENSE",
    "README.md",
    "data/fresh.jsonl",
    "data/practice.jsonl",
    "data/source_metadata.json",
    "package.json",
    "src/agents",
    "src/evaluator",
    "src/proposer",
  ]);
  expect(paths.filter((path) => /\.test\.|__pycache__|HumanEval|tasks\.json/.test(path))).toEqual(
    [],
  );
  expect(packed.size).toBeLessThan(650_000); // the bundled command brings execa, zod and the like along
});

test("the mock run and its curve work from an installed package, which stays as it was", async () => {
  const installed = join(user, "node_modules", "metai");
  const before = ownOf(installed);
  const run = await npx(["metai", "self-improve", "--mock", "--generations", "1"]);
  expect(run.exitCode, run.stderr).toBe(0);
  const curve = await npx(["metai", "analyze", "--allow-mock", "--paper-figures"]);
  expect(curve.exitCode, curve.stderr).toBe(0);
  const made = Object.keys(contentsOf(user)).filter((name) => !name.startsWith("node_modules/"));
  expect(made).toEqual(
    expect.arrayContaining([
      "data/tasks.json",
      "figures/dgm_published_results.pdf",
      "figures/metai_mini_protocol.pdf",
      "results/improvement_curve.pdf",
      "results/scores.csv",
    ]),
  );
  expect(ownOf(installed)).toEqual(before);
});

/** What a package holds, without what Python and V8 have made of its modules. */
function ownOf(installed: string): Record<string, string> {
  const contents = Object.entries(contentsOf(installed));
  return Object.fromEntries(contents.filter(([path]) => !/__pycache__|bundle.compiled/.test(path)));
}

const CONSUMER = `
import { startEvaluator, type RunningEvaluator } from "metai";
import { improvementCurve } from "metai/figures";
import { openaiProposer } from "metai/openai";

const evaluator: RunningEvaluator = await startEvaluator({ workers: 1 });
const task = {
  task_id: "Mine/0",
  prompt: 'def one():\\n    """One."""\\n',
  entry_point: "one",
  test: "def check(candidate):\\n    assert candidate() == 1\\n",
};
const agent = "def solve(prompt, entry_point):\\n    return '    return 1\\\\n'\\n";
const { signal } = new AbortController();
const evaluation = await evaluator.evaluateAgent(agent, [task], { signal });
await evaluator.close();
const outcomes = evaluation.status === "evaluated" ? evaluation.outcomes : [];
console.log(outcomes.map(({ outcome }) => outcome).join(), typeof improvementCurve, typeof openaiProposer);
`;

test("the keyless search finds its seed and its parts in an installed package", async () => {
  const args = ["--proposer", "search", "--generations", "1", "--held-out", "none"];
  const run = await npx(["metai", "self-improve", ...args, "--results", "search"]);
  expect(run.exitCode, run.stderr).toBe(0);
  expect(run.stdout).toContain("run_type search");
});

test("the library can be imported, and has its types", async () => {
  await writeFile(join(user, "consumer.ts"), CONSUMER);
  await writeFile(
    join(user, "consumer.js"),
    CONSUMER.replace(", type RunningEvaluator", "").replace(": RunningEvaluator", ""),
  );
  const run = await execa(process.execPath, ["consumer.js"], metaiOptions({ cwd: user }));
  expect(run, run.stderr).toMatchObject({ exitCode: 0, stdout: "passed function function" });

  const strict = ["--strict", "--noEmit", "--skipLibCheck", "--module", "nodenext"];
  const types = ["--target", "es2023", "--types", "node", "--typeRoots"];
  const typeRoot = join(ROOT, "node_modules", "@types");
  const tsc = await execa("tsc", [...strict, ...types, typeRoot, "consumer.ts"], {
    cwd: user,
    preferLocal: true,
    localDir: ROOT,
    reject: false,
  });
  expect(tsc.stdout + tsc.stderr).toBe("");
  expect(tsc.exitCode).toBe(0);
});
