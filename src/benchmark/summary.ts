import type { VisibleTask } from "../core/records.ts";

/** The first line of what a task asks, from the docstring of its entry point. */
export function summaryOf(task: VisibleTask): string {
  // A prompt may define helpers first: the docstring that counts follows the entry point.
  const definition = task.prompt.slice(task.prompt.lastIndexOf(`def ${task.entry_point}(`));
  const docstring = /("""|''')\s*(.+)/.exec(definition);
  return docstring?.[2]?.trim() ?? "";
}
