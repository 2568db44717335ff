import { lstatSync, readlinkSync } from "node:fs";

import type { Python } from "./interpreter.ts";

/** Folders of the operating system's own runtime, shown read-only. */
const RUNTIME = [
  "/usr",
  "/nix/store",
  "/etc/ld.so.cache",
  "/etc/ld.so.conf.d",
  "/etc/alternatives",
];

/** Links into /usr on a merged system, folders of their own on an older one. */
const MERGED = ["/bin", "/lib", "/lib32", "/lib64", "/libx32"];

/** Size of the private /tmp, in bytes. */
const TMP_BYTES = 64 * 1024 * 1024;

/**
 * The command that starts what follows it inside bubblewrap: no network, no view of the project, home,
 * other files or processes; a read-only runtime, a small private /tmp; gone when its parent is. `files`
 * maps what else it needs to where it sees it.
 */
export function bubblewrapCommand(
  python: Python,
  files: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>>,
): string[] {
  return [
    "bwrap",
    ...namespaces(),
    "--die-with-parent",
    "--new-session",
    "--clearenv",
    ...Object.entries(environment).flatMap(([name, value]) => ["--setenv", name, value]),
    ...RUNTIME.flatMap(bind),
    ...MERGED.flatMap(linkOrBind),
    "--proc",
    "/proc",
    "--remount-ro",
    "/proc",
    "--dev",
    "/dev",
    "--remount-ro",
    "/dev",
    "--remount-ro",
    "/dev/pts", // a mount of its own, whose owner an ordinary user's suspect would be
    "--perms",
    "1777",
    "--size",
    String(TMP_BYTES),
    "--tmpfs",
    "/tmp",
    // After /tmp, should the interpreter lie below it.
    ...python.prefixes.filter((prefix) => !isBelow(prefix, "/usr")).flatMap(bindReachably),
    ...Object.entries(files).flatMap(([from, to]) => ["--ro-bind", from, to]),
    "--remount-ro",
    "/",
    "--chdir",
    "/tmp",
    "--",
  ];
}

/** All that a suspect may read where Linux has Landlock but not bubblewrap: what bubblewrap would show. */
export function readablePaths(python: Python): readonly string[] {
  return [...RUNTIME, ...MERGED, ...python.prefixes];
}

/**
 * As root no user namespace yet: in one of bubblewrap's the sandbox's user would still be the machine's root. The
 * suspect keeps what it needs to become nobody, and then makes its own: python/suspect/limits.py, before anything else.
 */
function namespaces(): string[] {
  if (process.getuid?.() !== 0) return ["--unshare-all"];
  const kinds = ["ipc", "net", "pid", "uts"].map((kind) => `--unshare-${kind}`);
  const kept = ["CAP_SETUID", "CAP_SETGID", "CAP_CHOWN"].flatMap((name) => ["--cap-add", name]);
  return [...kinds, "--unshare-cgroup-try", ...kept];
}

function bind(path: string): string[] {
  return ["--ro-bind-try", path, path];
}

/** An interpreter below a home of mode 0700 must be readable to the user that the suspect becomes. */
function bindReachably(path: string): string[] {
  const parents = path.split("/").slice(1, -1);
  const folders = parents.map((_, index) => "/" + parents.slice(0, index + 1).join("/"));
  return [...folders.flatMap((folder) => ["--perms", "0755", "--dir", folder]), ...bind(path)];
}

function linkOrBind(path: string): string[] {
  const kind = lstatSync(path, { throwIfNoEntry: false });
  if (!kind) return [];
  return kind.isSymbolicLink()
    ? ["--symlink", readlinkSync(path), path]
    : ["--ro-bind", path, path];
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + "/");
}
