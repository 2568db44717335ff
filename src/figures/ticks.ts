const STEPS = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000];

/**
 * The whole numbers to label on an axis from 0 to `end`, at most `most` of them: a round step apart,
 * and `end` itself, for which a tick that would crowd it makes room.
 */
export function wholeTicks(end: number, most: number): number[] {
  const step = STEPS.find((candidate) => end / candidate <= most - 1) ?? Math.ceil(end / most);
  const ticks = [];
  for (let tick = 0; tick <= end - 0.55 * step; tick += step) ticks.push(tick);
  return [...ticks, end];
}
