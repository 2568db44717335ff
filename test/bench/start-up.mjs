/**
 * How long the built command takes to start, beside an empty program; part of `npm run bench`. The programs
 * take turns, so that whatever else the machine does meets them alike.
 */
import { spawnSync } from "node:child_process";

import { CLI } from "./command.mjs";
import { median } from "./median.mjs";

// A proxy's certificates: Node reads them at each start, in 30 ms if they are a whole system's.
delete process.env.NODE_EXTRA_CA_CERTS;

const ROUNDS = 20;
const programs = [
  { name: "node -e 0", args: ["-e", "0"], times: [] },
  { name: "metai --version", args: [CLI, "--version"], times: [] },
  { name: "metai --help", args: [CLI, "--help"], times: [] },
];

/** Wall clock of one start to its end, in milliseconds. */
function timeOf(args) {
  const before = performance.now();
  const { status, error } = spawnSync(process.execPath, args, { stdio: "ignore" });
  const took = performance.now() - before;
  if (status !== 0) throw error ?? new Error(`node ${args.join(" ")} ended with ${status}`);
  return took;
}

for (const { args } of programs) timeOf(args); // the first start reads the disk
for (let round = 0; round < ROUNDS; round++) {
  for (const { args, times } of programs) times.push(timeOf(args));
}

const empty = median(programs[0].times);
console.log(`median of ${ROUNDS} starts, in turn; Node ${process.version}, ${process.platform}`);
for (const { name, times } of programs) {
  const ms = `${median(times).toFixed(1)} ms`.padStart(9);
  console.log(`${name.padEnd(16)}${ms}   ${(median(times) / empty).toFixed(2)} x`);
}
