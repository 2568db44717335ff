/** Columns that every terminal has. */
const TERMINAL_WIDTH = 80;

/** The examples that end a command's help. */
export function examples(...lines: (readonly [command: string, what: string])[]): string {
  const width = Math.max(...lines.map(([command]) => command.length));
  const beside = lines.map(([command, what]) => `  ${command.padEnd(width)}  ${what}`);
  const fits = beside.every((line) => line.length <= TERMINAL_WIDTH);
  const above = lines.map(([command, what]) => `  # ${what}\n  ${command}`);
  const text = (fits ? beside : above).join("\n");
  return `\n${lines.length === 1 ? "Example" : "Examples"}:\n${text}`;
}
