import { execa } from "execa";

import { trustedEnvironment } from "../environment.ts";

/** landlock_create_ruleset(NULL, 0, LANDLOCK_CREATE_RULESET_VERSION); see linux/landlock.h. */
const PROBE = "import ctypes; print(ctypes.CDLL(None).syscall(444, None, 0, 1))";
/** The oldest that metai uses; see python/suspect/landlock.py. */
const VERSION = 2;

/** Whether this system's kernel can hide files from suspects at level `process`. */
export async function hasLandlock(python: string): Promise<boolean> {
  if (process.platform !== "linux") return false;
  const { stdout } = await execa(python, ["-I", "-S", "-c", PROBE], {
    env: trustedEnvironment(),
    extendEnv: false,
    stdin: "ignore",
    reject: false,
  });
  return Number(stdout) >= VERSION;
}
