/**
 * What is true of HumanEval, whatever the source of the bytes. `data/source_metadata.json` holds the
 * same for readers; nothing is ever verified against that file.
 */
export const HUMANEVAL = {
  dataset: "HumanEval",
  repository: "https://github.com/openai/human-eval",
  commit: "463c980b59e818ace59f6f9803cd92c749ceae61",
  file: "data/HumanEval.jsonl.gz",
  addresses: [
    "https://raw.githubusercontent.com/openai/human-eval/463c980b59e818ace59f6f9803cd92c749ceae61/data/HumanEval.jsonl.gz",
    "https://cdn.jsdelivr.net/gh/openai/human-eval@463c980b59e818ace59f6f9803cd92c749ceae61/data/HumanEval.jsonl.gz",
  ],
  license: "MIT",
  copyright: "OpenAI",
  citation: {
    title: "Evaluating Large Language Models Trained on Code",
    authors: "Mark Chen, Jerry Tworek, Heewoo Jun, Qiming Yuan, Henrique Ponde, et al.",
    year: 2021,
    url: "https://arxiv.org/abs/2107.03374",
  },
  checksums: {
    algorithm: "SHA-256",
    taken_at: "2026-11-23T18:07:33Z",
    archive: {
      bytes: 44_877,
      sha256: "b796127e635a67f93fb35c04f4cb03cf06f38c8072ee7cee8833d7bee06979ef",
    },
    content: {
      bytes: 214_438,
      records: 164,
      sha256: "1d49078ba3e2b196b9344535bef34a43021f038fad9561d6ee7c53450609a6a2",
    },
    // Each is taken of the record's raw line, without its newline.
    first_ten_records: [
      {
        task_id: "HumanEval/0",
        entry_point: "has_close_elements",
        sha256: "3955ddfd701efd78e0759610bea185bf84b670fdec20fbe5fec5ec56b0d03f66",
      },
      {
        task_id: "HumanEval/1",
        entry_point: "separate_paren_groups",
        sha256: "cbb842f4e46394addd771bb272f0b912677919f8f041f01c04220ee9a818a075",
      },
      {
        task_id: "HumanEval/2",
        entry_point: "truncate_number",
        sha256: "b01ced2c5ae0747401fadfcaa196b4cb78ab2b06f7102f0d4fe1c229cb501bc2",
      },
      {
        task_id: "HumanEval/3",
        entry_point: "below_zero",
        sha256: "7bdc78a1473468d9ce7ff4cacbad0623aa26e2a086f4caa388e35685c6984133",
      },
      {
        task_id: "HumanEval/4",
        entry_point: "mean_absolute_deviation",
        sha256: "6b43334ab793b5ed89b15bf59d5e5adb71fdd047cc272ba07a86746eca78cf07",
      },
      {
        task_id: "HumanEval/5",
        entry_point: "intersperse",
        sha256: "84e31da1d17c72cba03f4885b41dd6ca0c4afa543cb6648cf4c26fde13913629",
      },
      {
        task_id: "HumanEval/6",
        entry_point: "parse_nested_parens",
        sha256: "10c855fda09cdd6a18f8a2bfc55ef2f93b932be87d811a7211d719a7beb43172",
      },
      {
        task_id: "HumanEval/7",
        entry_point: "filter_by_substring",
        sha256: "f833905f6cc05313c75d7966de5d1fe7a3362c2d71047cfa4d58ba7e318a1cdd",
      },
      {
        task_id: "HumanEval/8",
        entry_point: "sum_product",
        sha256: "417a269cc0c3b3b17552da359690ccca3c6debcf05813267cbe928bc561092c1",
      },
      {
        task_id: "HumanEval/9",
        entry_point: "rolling_max",
        sha256: "baa57822a6e0f9c1cbda78ca0700a50ca929a9e75f0a8591f7402a9d67af575c",
      },
    ],
    // Of metai's own extract, so that it can be verified where the archive is not at hand.
    tasks_json: {
      bytes: 8_565,
      sha256: "3b4d24b3dce6508e79bcfb1b23460eea32639d3a1a2ae3360c1f858b30d0e7e6",
    },
  },
} as const;

/** The archive's name in the data folder, in the cache, and in a folder that `--humaneval` names. */
export const ARCHIVE_NAME = "HumanEval.jsonl.gz";

/** The ten tasks that metai works on, extracted from the archive. */
export const TASKS_NAME = "tasks.json";

/** The provenance of both, for readers. */
export const METADATA_NAME = "source_metadata.json";

/** No copy of HumanEval, packed or not, comes near this many bytes; more is not read at all. */
export const MAX_BYTES = 4 * 1024 * 1024;
