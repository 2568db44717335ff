/**
 * What Zhang, Hu, Lu, Lange and Clune published in "Darwin Gödel Machine: Open-Ended Evolution of
 * Self-Improving Agents". Sections and tables are numbered as in version 3.
 */
export const DGM_CITATION =
  "Zhang, Hu, Lu, Lange and Clune, “Darwin Gödel Machine: Open-Ended Evolution of Self-Improving Agents”, arXiv:2505.22954v3";

export type PublishedRun =
  | "initial"
  | "dgm"
  | "withoutExploration"
  | "withoutSelfImprovement"
  | "greedy";

export interface PublishedBenchmark {
  readonly name: string;
  /** Where in the paper its values stand. */
  readonly source: string;
  /** Percent of tasks resolved; a run without a value was not published on this task set. */
  readonly percent: Readonly<Partial<Record<PublishedRun, number>>>;
}

export const DGM_BENCHMARKS: readonly PublishedBenchmark[] = [
  {
    name: "SWE-bench Verified",
    source: "Sec. 4.4, Fig. 2; App. A.3, Table 1",
    percent: {
      initial: 20.0, // Section 4.4, figure 2; it is 12 of 60 tasks.
      dgm: 50.0, // Appendix A.3, table 1.
      withoutExploration: 23.0, // Appendix A.3, table 1; no whole number of 60 tasks.
      withoutSelfImprovement: 39.0, // Appendix A.3, table 1.
      greedy: 39.7, // Appendix A.3, table 1; no whole number of 60 tasks.
    },
  },
  {
    name: "Polyglot, 50-task subset",
    source: "Sec. 4.4, Fig. 2; App. A.3, Table 1",
    percent: {
      initial: 14.0, // Section 4.4, figure 2.
      dgm: 38.0, // Appendix A.3, table 1.
      withoutExploration: 14.0, // Appendix A.3, table 1.
      withoutSelfImprovement: 28.0, // Appendix A.3, table 1.
      greedy: 30.0, // Appendix A.3, table 1.
    },
  },
  {
    name: "Polyglot, full benchmark",
    source: "Abstract; Sec. 4.4",
    percent: {
      initial: 14.2, // Abstract; section 4.4.
      dgm: 30.7, // Abstract; section 4.4.
    },
  },
];
