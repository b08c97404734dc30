/** What work costs, whatever else the machine does meanwhile: processor time, and how it grows with size. */

/** Seconds that the processor spends on it; those that it gives to other programs do not count. */
export function secondsOf(work: () => unknown): number {
  const from = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1e6;
}

/** How many times as long the larger size takes as the smaller: of each the least of three, taken in turns. */
export function growth(timeOf: (size: number) => number, small: number, large: number): number {
  const least = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  timeOf(small); // warm
  for (let round = 0; round < 3; round++) {
    for (const [i, size] of [small, large].entries()) least[i] = Math.min(least[i], timeOf(size));
  }
  return least[1] / least[0];
}
