/**
 * What an interpreter needs of metai's environment to be found and to start. Nothing else is handed
 * down, so a key in the environment never reaches a child process.
 */
const NEEDED = [
  "PATH",
  "HOME",
  "TMPDIR",
  "PYENV_ROOT",
  "PYENV_VERSION",
  "SystemRoot",
  "PATHEXT",
  "TEMP",
  "TMP",
  "USERPROFILE",
  "LOCALAPPDATA",
];

/** For metai's own Python: the interpreter probe and the judge. */
export function trustedEnvironment(): Record<string, string> {
  return pick(NEEDED);
}

/** For the suspect: nothing of the user's, and one thread for each numerical library. */
export function suspectEnvironment(): Record<string, string> {
  return {
    ...pick(["SystemRoot"]),
    LC_ALL: "C.UTF-8",
    LD_BIND_NOW: "1", // else each forked child finds anew what its server has not called: 30 us
    OMP_NUM_THREADS: "1",
    OPENBLAS_NUM_THREADS: "1",
    MKL_NUM_THREADS: "1",
  };
}

function pick(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
