/** How a run ended, for the face of its curve. */
export interface RunEnd {
  /** `perfect`: every task passed and the run stopped early. `unfinished`: still at work, or killed. */
  readonly how: "completed" | "perfect" | "budget" | "failed" | "interrupted" | "unfinished";
  /** Generations after the seed that the run was to have. */
  readonly generations: number;
}

const WORDS: Readonly<Record<RunEnd["how"], (where: string) => string>> = {
  completed: (where) => where,
  perfect: (where) => `${where}: perfect score, stopped early`,
  budget: (where) => `its budget was used up ${where}`,
  failed: (where) => `failed ${where}`,
  interrupted: (where) => `interrupted ${where}`,
  unfinished: (where) => `not finished ${where}`,
};

/** The end in words; `last` is the last generation that has a score. */
export function endInWords({ how, generations }: RunEnd, last: number): string {
  return WORDS[how](`after generation ${last} of ${generations}`);
}
