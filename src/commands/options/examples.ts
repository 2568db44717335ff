/** The examples that end a command's help. */
export function examples(...lines: (readonly [command: string, what: string])[]): string {
  const width = Math.max(...lines.map(([command]) => command.length));
  const text = lines.map(([command, what]) => `  ${command.padEnd(width)}  ${what}`).join("\n");
  return `\n${lines.length === 1 ? "Example" : "Examples"}:\n${text}`;
}
