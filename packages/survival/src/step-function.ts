/** The position of the last of the ascending `times` that is not after `time`; -1 before the first. Takes O(log n). */
export function lastStep(times: ArrayLike<number>, time: number): number {
  let [from, to] = [0, times.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (times[middle] <= time) from = middle + 1;
    else to = middle;
  }
  return from - 1;
}
