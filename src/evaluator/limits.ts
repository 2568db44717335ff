/** What a suspect may use. No honest HumanEval solution meets one of these; every run records them. */
export const SUSPECT_LIMITS = {
  memory_bytes: 512 * 1024 * 1024,
  processes: 16,
  file_bytes: 16 * 1024 * 1024,
  open_files: 64,
} as const;

/** Wall clock for one task, in seconds; the official harness's default (openai/human-eval, evaluation.py). */
export const DEFAULT_TIMEOUT_SECONDS = 3;
