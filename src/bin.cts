#!/usr/bin/env node
/**
 * The command as it is started. It runs the bundle of metai's modules (see `npm run bundle`), and keeps what V8 makes
 * of their source from one start to the next, as Python keeps its byte code: to compile it anew takes longer than all
 * else that a start needs. Where it can keep nothing it does without.
 */
const fs = process.getBuiltinModule("node:fs");
const path = process.getBuiltinModule("node:path");
const v8 = process.getBuiltinModule("node:v8");
const vm = process.getBuiltinModule("node:vm");

const BUNDLE = path.join(__dirname, "bundle");
const ENTRY = "cli.cjs";

/** What was kept of each module, by its name. */
type Kept = Readonly<Record<string, Buffer>>;

const keptFile = path.join(BUNDLE, "compiled", keptName());
const kept = readKept();
const scripts = new Map<string, InstanceType<typeof vm.Script>>();
const modules = new Map<string, { exports: unknown }>();

process.on("exit", (code) => {
  if (code < 2) keep(); // else the command may be no command at all
});
load(ENTRY);

/** Each command loads other modules. A new build, or another Node, is not to meet what was kept before. */
function keptName(): string {
  const command = /^[a-z][a-z-]*$/.exec(process.argv[2] ?? "")?.[0] ?? "metai";
  const built = fs.statSync(path.join(BUNDLE, ENTRY)).mtimeMs;
  return `${command}-${process.version}-${process.arch}-${built}`;
}

function readKept(): Kept {
  try {
    const read: Kept = v8.deserialize(fs.readFileSync(keptFile));
    return read;
  } catch {
    return {}; // nothing yet, or nothing whole
  }
}

/** A module of the bundle, as CommonJS has them. */
function load(name: string): unknown {
  const known = modules.get(name);
  if (known) return known.exports;
  const module = { exports: {} };
  modules.set(name, module);
  const filename = path.join(BUNDLE, name);
  const source = fs.readFileSync(filename, "utf8");
  const wrapped = `(function (exports, require, module, __filename, __dirname) {${source}\n})`;
  const script = new vm.Script(wrapped, { filename, cachedData: kept[name] });
  scripts.set(name, script);
  script.runInThisContext()(module.exports, requireFrom, module, filename, BUNDLE);
  return module.exports;
}

function requireFrom(id: string): unknown {
  return id.startsWith("./") ? load(id.slice(2)) : require(id);
}

/** Keeps what was compiled, unless all of it was kept already. */
function keep(): void {
  const all = [...scripts].every(
    ([name, { cachedDataRejected }]) => name in kept && !cachedDataRejected,
  );
  if (all) return;
  const temporary = `${keptFile}.${process.pid}`;
  try {
    const compiled = [...scripts].map(([name, script]) => [name, script.createCachedData()]);
    fs.mkdirSync(path.dirname(keptFile), { recursive: true });
    fs.writeFileSync(temporary, v8.serialize(Object.fromEntries(compiled)));
    fs.renameSync(temporary, keptFile);
  } catch {
    if (fs.existsSync(temporary)) fs.rmSync(temporary); // the disk is full
  }
}
