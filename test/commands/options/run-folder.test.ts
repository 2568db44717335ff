import { execFileSync } from "node:child_process";

import { describe, expect, test } from "vitest";

import { quoted } from "../../../src/commands/options/run-folder.ts";

describe.skipIf(process.platform === "win32")("a path in a command that is printed", () => {
  test.for(["results/demo", "my runs", "a$HOME/b", "it's", 'a"b', "back\\slash", "`id`", "*"])(
    "%s comes through a shell as it is",
    (path) => {
      const arrived = execFileSync("/bin/sh", ["-c", `printf %s ${quoted(path)}`], {
        encoding: "utf8",
      });
      expect(arrived).toBe(path);
    },
  );
});

test("a plain path needs no quotes", () => {
  expect(quoted("results/demo-2.x")).toBe("results/demo-2.x");
});
