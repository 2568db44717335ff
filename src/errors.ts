/** What a UserError was caused by; `cli.ts` turns it into the exit code. */
export type ErrorKind =
  /** The command ran and its answer is no: exit 1. */
  | "refused"
  /** Bad usage, a missing prerequisite or a failure from outside: exit 2. */
  | "failed";

/**
 * An error whose message is for the user: one plain sentence that says what is wrong and what to do.
 * Everything else that is thrown is a fault of metai's own and is shown with its stack.
 */
export class UserError extends Error {
  override readonly name: string = "UserError";
  readonly kind: ErrorKind;

  constructor(message: string, options: { kind?: ErrorKind; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.kind = options.kind ?? "failed";
  }
}

/** The user stopped the command (Ctrl-C, SIGTERM): exit 130. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";

  constructor() {
    super("interrupted");
  }
}

/** The text of anything that was thrown, for use inside a sentence. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Plain words for the failures of the file system that a user can meet and mend. */
const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "not permitted",
  EROFS: "the file system is read-only",
  ENOSPC: "no space is left on the device",
  EDQUOT: "the disk quota is used up",
  ENOTDIR: "a part of the path is no folder",
  EISDIR: "it is a folder",
  EEXIST: "there is a file of that name",
  ENOENT: "there is no such file or folder",
  EBUSY: "another program holds it open",
  ELOOP: "a link leads to itself",
  ENAMETOOLONG: "the name is too long",
  ENXIO: "it is no file",
  EIO: "the device failed",
  EMFILE: "too many files are open",
};

/** Whether an error of the system, or of a library that follows its custom, is of that code. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

/** One line for an error of the file system, or null for anything else. */
export function describeSystemError(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string")
    return null;
  const words = SYSTEM_ERRORS[error.code];
  if (words === undefined || !("syscall" in error)) return null;
  const what = "path" in error ? `Cannot use ${String(error.path)}` : "Cannot write";
  return `${what}: ${words} (${error.code}).`;
}
