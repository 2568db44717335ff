import { deviations } from "../../core/registration.ts";
import type { ReadRun } from "../../store/read-run.ts";
import { parseRegistration } from "../run/registered-file.ts";
import type { Registered } from "./facts.ts";

/** What stands first in a run's journal, if a configuration was registered before it. */
export async function registeredBefore({
  content,
  objects,
  started,
}: ReadRun): Promise<Registered | null> {
  const first = content.lines[0]?.event;
  if (first?.type !== "preregistered") return null;
  const { name, sha256 } = first;
  const registration = parseRegistration(name, await objects.read(sha256));
  const note = registration.note ?? null;
  return { name, sha256, note, deviations: deviations(registration, started.facts) };
}
