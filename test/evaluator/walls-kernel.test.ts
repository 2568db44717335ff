import { spawnSync } from "node:child_process";
import { chmodSync, readdirSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { startEvaluator, type RunningEvaluator } from "../../src/evaluator/evaluator.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { describeModes, fixture, outcomeOf } from "./modes.ts";

const HONEST = readdirSync(new URL("../fixtures/honest/", import.meta.url)).filter((name) =>
  name.endsWith(".py"),
);

const STARTS_PROCESSES = new Set(["threads.py", "processes.py", "event_loop.py"]);

const isLinux = process.platform === "linux";

/** What an unprivileged process can do to hide files from itself, as a version; see python/suspect/landlock.py. */
function landlockVersion(): number {
  const code = `import ctypes; print(ctypes.CDLL(None).syscall(444, None, 0, 1))`;
  return isLinux ? Number(spawnSync("python3", ["-c", code]).stdout.toString()) : 0;
}

/** What became of some attempts, in the order of their names, as far as the one text that is passed on holds it. */
async function whatBecomesOf(
  evaluator: RunningEvaluator,
  attempts: Readonly<Record<string, string>>,
  preparation = "",
): Promise<Record<string, string>> {
  const tried = Object.entries(attempts).map(([name, work]) => `    "${name}": lambda: ${work},\n`);
  const agent = `${preparation}
attempts = {
${tried.join("")}}

def result_of(work):
    try:
        work()
        return "worked"
    except OSError as error:
        import errno
        return errno.errorcode[error.errno]
    except Exception as error:
        return type(error).__name__

def solve(prompt, entry_point):
    raise Exception(*[f"{name}={result_of(work)}" for name, work in attempts.items()])
`;
  const { reason } = await outcomeOf(evaluator, agent);
  return Object.fromEntries(
    [...reason.matchAll(/(\w+)=(\w+)/g)].map(([, name, what]) => [name, what]),
  );
}

const OWN_NAMESPACES = ["user", "pid", "ipc", "uts", "net", "mnt"];

describeModes(
  ({ sandbox }) => sandbox === "bubblewrap",
  ({ sandbox }) => {
    test("a suspect has namespaces of its own, also where metai runs as root", async () => {
      const evaluator = await startEvaluator({ sandbox, workers: 1 });
      try {
        const agent = `
import os
def solve(prompt, entry_point):
    raise Exception(*[os.readlink(f"/proc/self/ns/{name}") for name in ${JSON.stringify(OWN_NAMESPACES)}])
`;
        const { reason } = await outcomeOf(evaluator, agent);
        for (const name of OWN_NAMESPACES) {
          expect(reason).toMatch(new RegExp(String.raw`\b${name}:\[\d+\]`));
          expect(reason).not.toContain(readlinkSync(`/proc/self/ns/${name}`));
        }
      } finally {
        await evaluator.close();
      }
    });
  },
);

const SYSTEM_CALLS = `
import ctypes, os, socket
libc = ctypes.CDLL(None, use_errno=True)
def call(function, *arguments):
    if getattr(libc, function)(*arguments) == -1:
        raise OSError(ctypes.get_errno(), "")
`;

const BEYOND_THE_LIMIT = `
import mmap, os
def fill():
    kept = []
    for _ in range(40):
        kept.append(os.memfd_create("memory"))
        os.ftruncate(kept[-1], 16 << 20)
        with mmap.mmap(kept[-1], 0) as mapped:
            for at in range(0, 16 << 20, 4096):
                mapped[at] = 1
`;

describeModes(
  () => isLinux,
  ({ sandbox, fork }) => {
    let evaluator: RunningEvaluator;
    beforeAll(async () => {
      evaluator = await startEvaluator({ sandbox, fork, workers: 1, timeout: 10 });
    });
    afterAll(() => evaluator.close());

    test.each(HONEST)("honest code works: %s", async (name) => {
      // An ordinary user's own processes count against how many may be started.
      if (sandbox === "process" && process.getuid?.() !== 0 && STARTS_PROCESSES.has(name)) return;
      const agent = `${fixture(`honest/${name}`)}
def solve(prompt, entry_point):
    work()
    return "    return number % 1.0\\n"
`;
      expect(await outcomeOf(evaluator, agent)).toEqual({ outcome: "passed", reason: "" });
    });

    test("what no honest solution asks of the kernel is refused, and by an ordinary OSError", async () => {
      const attempts = {
        trace: `call("ptrace", 0, 0, 0, 0)`,
        share: `call("unshare", 0x10000000)`,
        clone: `call("syscall", {"x86_64": 56, "aarch64": 220}[os.uname().machine], 0x10000011, 0, 0, 0, 0)`,
        emulate: `call("personality", 0x0040000)`,
        udp: `socket.socket(socket.AF_INET, socket.SOCK_DGRAM)`,
        netlink: `socket.socket(socket.AF_NETLINK)`,
        newer: `call("syscall", 470, 0, 0, 0, 0)`,
        peek: `os.preadv(os.open("/dev/zero", 0), [bytearray(1)], 0, os.RWF_NOWAIT)`,
        unix: `socket.socket(socket.AF_UNIX).close()`,
      };
      expect(await whatBecomesOf(evaluator, attempts, SYSTEM_CALLS)).toEqual({
        trace: "EPERM",
        share: "EPERM",
        clone: "EPERM",
        emulate: "EPERM",
        udp: "EPERM",
        netlink: "EPERM",
        newer: "ENOSYS",
        peek: "EPERM",
        unix: "worked",
      });
    });

    test("memory that is not mapped cannot be had beyond the limit", async () => {
      const fill = { fill: "fill()" };
      expect(await whatBecomesOf(evaluator, fill, BEYOND_THE_LIMIT)).toEqual({ fill: "ENOSYS" });
    });
  },
);

const version = landlockVersion();

describeModes(
  ({ sandbox }) => sandbox === "process",
  ({ sandbox, fork }) => {
    test.skipIf(version < 2)("where Linux can, files are hidden there too", async () => {
      const folder = await temporaryFolder();
      chmodSync(folder, 0o777);
      writeFileSync(join(folder, "tasks"), "a test");
      chmodSync(join(folder, "tasks"), 0o666);
      const attempts = {
        read: `open(${JSON.stringify(join(folder, "tasks"))})`,
        write: `open(${JSON.stringify(join(folder, "new"))}, "w")`,
        list: `os.listdir(${JSON.stringify(folder)})`,
        up: `os.listdir("..")`,
        users: `open("/etc/passwd")`,
        memory: `open("/proc/${process.pid}/mem")`,
        processes: `os.listdir("/proc")`,
        own: `open("own", "w")`,
      };
      const evaluator = await startEvaluator({ sandbox, fork, workers: 1 });
      const became = await whatBecomesOf(evaluator, attempts, "import os");
      await evaluator.close();
      const { own, ...others } = became;
      expect(own).toBe("worked");
      expect(others).toEqual(
        Object.fromEntries(Object.keys(others).map((name) => [name, "EACCES"])),
      );
      expect(Object.keys(others)).toHaveLength(7);
    });
  },
);
