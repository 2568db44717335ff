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
    "--unshare-all",
    "--die-with-parent",
    "--new-session",
    "--clearenv",
    ...Object.entries(environment).flatMap(([name, value]) => ["--setenv", name, value]),
    ...RUNTIME.flatMap(bind),
    ...MERGED.flatMap(linkOrBind),
    ...python.prefixes.filter((prefix) => !isBelow(prefix, "/usr")).flatMap(bind),
    "--proc",
    "/proc",
    "--dev",
    "/dev",
    "--size",
    String(TMP_BYTES),
    "--tmpfs",
    "/tmp",
    ...Object.entries(files).flatMap(([from, to]) => ["--ro-bind", from, to]),
    "--remount-ro",
    "/",
    "--chdir",
    "/tmp",
    "--",
  ];
}

function bind(path: string): string[] {
  return ["--ro-bind-try", path, path];
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
