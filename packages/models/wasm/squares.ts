// AssemblyScript. A minimal threaded module, for src/threads/team.slow.test.ts.

import { clear, take } from './arena';
import { fork, nextPiece, setUpThreads } from './threads';

export { mailbox, serve } from './threads';

/** The number of numbers, which are processed in pieces of `PIECE`. */
export let length: i32 = 0;
const PIECE: i32 = 64;

/** f64[length], and i32[length]: the thread that wrote each. */
export let squares: usize = 0;
export let writers: usize = 0;

export function setUp(): void {
  clear();
  setUpThreads();
  squares = take(8 * <usize>length);
  writers = take(4 * <usize>length);
}

/** Writes the square of each index plus `summand`. */
export function fill(summand: i32): void {
  fork(fillPieces, summand);
}

/** Fails in all threads except the first, which waits for one of them. */
export function fail(): void {
  store<i32>(writers, 0);
  fork(failUnlessFirst, 0);
}

/** Writes the squares plus 0, plus 1 and so on, and returns how often a number was wrong. */
export function fillOften(nTimes: i32): i32 {
  let nWrong = 0;
  for (let summand = 0; summand < nTimes; summand++) {
    fill(summand);
    for (let i = 0; i < length; i++) {
      nWrong += i32(load<f64>(squares + 8 * <usize>i) != <f64>i * <f64>i + <f64>summand);
    }
  }
  return nWrong;
}

function fillPieces(summand: i32, thread: i32, nThreads: i32): void {
  for (let start = PIECE * nextPiece(); start < length; start = PIECE * nextPiece()) {
    for (let i = start; i < min(start + PIECE, length); i++) {
      store<f64>(squares + 8 * <usize>i, <f64>i * <f64>i + <f64>summand);
      store<i32>(writers + 4 * <usize>i, thread);
    }
  }
}

function failUnlessFirst(task: i32, thread: i32, nThreads: i32): void {
  if (thread > 0) {
    atomic.store<i32>(writers, thread);
    unreachable();
  }
  while (atomic.add<i32>(writers, 0) == 0) {}
}
