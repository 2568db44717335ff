import { describe, expect, test } from "vitest";

import type { Verdict } from "../../src/core/records.ts";
import { readSample, resultLine } from "../../src/samples/sample-line.ts";

const VERDICT: Verdict = {
  result: "failed: a test assertion did not hold",
  passed: false,
  outcome: "failed",
  reason: "a test assertion did not hold",
  duration_ms: 1.5,
};
const FOUND =
  '"result": "failed: a test assertion did not hold", "passed": false, "outcome": "failed", ' +
  '"reason": "a test assertion did not hold", "duration_ms": 1.5}';

function resultOf(text: string): string {
  const read = readSample(text);
  return read.ok ? resultLine(read.written, VERDICT) : read.problem;
}

describe("a line of results is its sample's line and a verdict", () => {
  test.for([
    [
      "spaced as it was",
      '{"task_id": "a","completion":  "b" }',
      '{"task_id": "a", "completion":  "b", ',
    ],
    [
      "numbers and keys as they were",
      '{"10": 1.0, "2": 12345678901234567890, "task_id": "a", "completion": "", "x": -0e1, "y": NaN}',
      '{"10": 1.0, "2": 12345678901234567890, "task_id": "a", "completion": "", "x": -0e1, "y": NaN, ',
    ],
    [
      "what stands in strings, lists and objects",
      String.raw`{"task_id": "a", "solution": "}\",{\\", "x": {"y": [1, {"z": "]"}], "y": 2}, "\u0078y": [] }`,
      String.raw`{"task_id": "a", "solution": "}\",{\\", "x": {"y": [1, {"z": "]"}], "y": 2}, "\u0078y": [], `,
    ],
    [
      "escapes as they were",
      String.raw`{"task_id": "\u0061", "completion": "\u20ac € \ud800", "__proto__": 1}`,
      String.raw`{"task_id": "\u0061", "completion": "\u20ac € \ud800", "__proto__": 1, `,
    ],
    [
      "without an earlier verdict",
      '{"result": "passed", "task_id": "a", "passed": true, "completion": "b", "outcome": 1, "reason": [","], "duration_ms": {}}',
      '{"task_id": "a", "completion": "b", ',
    ],
  ] as const)("%s", ([, text, written]) => {
    expect(resultOf(text)).toBe(written + FOUND);
    expect(resultOf(`  ${text}\r`)).toBe(written + FOUND);
  });
});

describe("a line is refused", () => {
  test.for([
    ["[]", /no JSON object/],
    ["null", /no JSON object/],
    ['"task_id"', /no JSON object/],
    ["{}", /task_id is missing/],
    ['{"task_id": "a"', /no JSON \(/],
    ['{"task_id": 1, "completion": ""}', /task_id is no string/],
    ['{"task_id": "a"}', /neither completion nor solution/],
    ['{"task_id": "a", "completion": null}', /completion is no string/],
    ['{"task_id": "a", "solution": ["b"]}', /solution is no string/],
    ['{"task_id": "a", "completion": "", "solution": ""}', /both completion and solution/],
    ['{"task_id": "a", "completion": "b", "completion": "c"}', /it has "completion" twice/],
    [String.raw`{"task_id": "a", "completion": "b", "c\u006fmpletion": ""}`, /"completion" twice/],
    ['{"task_id": "a", "completion": "b", "x": 1, "x": 2}', /it has "x" twice/],
  ] as const)("%s", ([text, problem]) => {
    expect(resultOf(text)).toMatch(problem);
  });
});
