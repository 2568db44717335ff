#!/usr/bin/env node
/**
 * The command as it is started. It runs the bundle of metai's modules (see `npm run bundle`), and keeps what V8 makes
 * of their source from one start to the next, as Python keeps its byte code: to compile it anew takes longer than all
 * else that a start needs. Where it can keep nothing it does without.
 */
const fs = process.getBuiltinModule("node:fs");
const path = process.getBuiltinModule("node:path");
const vm = process.getBuiltinModule("node:vm");

const BUNDLE = path.join(__dirname, "bundle");
const ENTRY = "cli.cjs";

const kept = path.join(BUNDLE, "compiled", keptName());
/** The modules that were compiled anew. */
const compiled = new Map<string, InstanceType<typeof vm.Script>>();
const modules = new Map<string, { exports: unknown }>();

process.on("exit", (code) => {
  if (code < 2) keep(); // else the command may be no command at all
});
load(ENTRY);

/** Each command runs other parts of the modules. A new build, or another Node, is not to meet what was kept before. */
function keptName(): string {
  const command = /^[a-z][a-z-]*$/.exec(process.argv[2] ?? "")?.[0] ?? "metai";
  const built = fs.statSync(path.join(BUNDLE, ENTRY)).mtimeMs;
  return `${command}-${process.version}-${process.arch}-${built}`;
}

function readKept(name: string): Buffer | undefined {
  try {
    return fs.readFileSync(path.join(kept, name));
  } catch {
    return undefined; // nothing yet
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
  const script = new vm.Script(wrapped, { filename, cachedData: readKept(name) });
  if (script.cachedDataRejected !== false) compiled.set(name, script);
  script.runInThisContext()(module.exports, requireFrom, module, filename, BUNDLE);
  return module.exports;
}

function requireFrom(id: string): unknown {
  return id.startsWith("./") ? load(id.slice(2)) : require(id);
}

/** Keeps what was compiled, module by module, each whole or not at all. */
function keep(): void {
  for (const [name, script] of compiled) {
    const temporary = path.join(kept, `${name}.${process.pid}`);
    try {
      fs.mkdirSync(kept, { recursive: true });
      fs.writeFileSync(temporary, script.createCachedData());
      fs.renameSync(temporary, path.join(kept, name));
    } catch {
      if (fs.existsSync(temporary)) fs.rmSync(temporary); // the disk is full
    }
  }
}
