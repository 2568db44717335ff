import { execa } from "execa";
import { describe, expect, test } from "vitest";

import { temporaryFolder } from "../helpers/temporary.ts";
import { MOCK_RUN, CLI, metai, metaiOptions } from "./metai.ts";

const ESCAPE = "\u001B";
const MOCK = [...MOCK_RUN, "--generations", "1", "--reset-results", "--workers", "1"];

/** Runs a command on a terminal of its own, and gives what the terminal was sent. */
async function onTerminal(args: readonly string[], env: Record<string, string> = {}) {
  const script = "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)";
  const cwd = await temporaryFolder();
  const options = metaiOptions({ cwd, env: { TERM: "xterm-256color", ...env } });
  return execa("python3", ["-c", script, process.execPath, CLI, ...args], options);
}

describe.skipIf(process.platform === "win32")("on a terminal (has no pty on Windows)", () => {
  test("progress lives on one line, with the mark of each task, in colour", async () => {
    const { exitCode, stdout } = await onTerminal(MOCK);
    expect(exitCode, stdout).toBe(0);
    expect(stdout).toContain(`\r${ESCAPE}[2K`);
    expect(stdout).toContain("judging [");
    expect(stdout).toContain(`${ESCAPE}[32maccepted: 3 > 0${ESCAPE}[39m`);
  });

  test("NO_COLOR takes the colour away", async () => {
    const { stdout } = await onTerminal(MOCK, { NO_COLOR: "1" });
    expect(stdout).toContain("accepted: 3 > 0");
    expect(stdout).not.toContain(`${ESCAPE}[32m`);
  });

  test.for([{ CI: "true" }, { TERM: "dumb" }])("plain lines with %o", async (env) => {
    const { stdout } = await onTerminal(MOCK, env);
    expect(stdout).toContain("accepted: 3 > 0");
    expect(stdout).not.toContain(ESCAPE);
  });
});

test("without a terminal there are plain lines and no escape sequence", async () => {
  const cwd = await temporaryFolder();
  for (const args of [MOCK, ["doctor"], ["data", "show"], ["analyze"]]) {
    const { stdout, stderr } = await metai(args, { cwd });
    expect(stdout + stderr).not.toContain(ESCAPE);
    expect(stdout + stderr).not.toContain("\r");
  }
});
