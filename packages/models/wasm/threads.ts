// AssemblyScript, called by src/threads/team.ts. Forks work over the threads of a team, whose instances share one memory. A module takes
// part by exporting `mailbox` and `serve`, and by calling `setUpThreads` in its `setUp`, which runs in every thread and must not write to
// memory. Arguments reach the other threads only through memory, since each instance has its own globals. Without other threads, a module
// works alone.

import { take } from './arena';

// Imported, since the instructions lose wake-ups in Node 20. `sleep` waits while a word has its old value, or returns at once if this
// thread may not block; `wake` wakes the threads that wait for it.
@external('env', 'sleep')
declare function sleep(place: usize, was: i32): void;
@external('env', 'wake')
declare function wake(place: usize): void;

/**
 * The shared state of the team, `MAILBOX` bytes, which the caller sets to 0, and the first word to 1; each field has its own cache line.
 */
export let mailbox: usize = 0;
const MAILBOX: usize = 256;
// The call: i32 the number of the call times `CALL`, plus `OPEN` while threads may join, plus the number of threads that have joined,
// including the first; or 0 if the team is closed. Then i32 the function and i32 its task.
const CALL: i32 = 512;
const OPEN: i32 = 256;
const JOINED: i32 = 255;
const FUNCTION: usize = 4;
const TASK: usize = 8;
/** i32: the number of other threads that are ready; and that sleep. */
const READY: usize = 64;
const ASLEEP: usize = 68;
/** i32: the number of other threads that are done. */
const DONE: usize = 128;
/** i32: whether another thread has failed. */
const FAILED: usize = 132;
/** i32: whether the first thread sleeps. */
const FIRST_ASLEEP: usize = 136;
/** i32: the next piece of work. */
const PIECE: usize = 192;

/** The number of times that a thread polls before it sleeps: about as long as waking it takes. */
const LOOKS: i32 = 20_000;

export function setUpThreads(): void {
  mailbox = take(MAILBOX);
}

/**
 * Runs `work(task, thread, nThreads)` in this thread, as thread 0, and in each other thread that joins in time, as the next of up to
 * `nThreads`. Returns the number of threads once all that joined are done. The result must not depend on which threads join or take the
 * pieces of `nextPiece`. Unless `isWorth`, only this thread works.
 */
export function fork(work: (task: i32, thread: i32, nThreads: i32) => void, task: i32, isWorth: bool = true): i32 {
  const nOthers = !isWorth || atomic.load<i32>(mailbox) == 0 ? 0 : atomic.load<i32>(mailbox, READY);
  store<i32>(mailbox, 0, PIECE);
  if (nOthers == 0) {
    work(task, 0, 1);
    return 1;
  }
  store<i32>(mailbox, <i32>changetype<usize>(work), FUNCTION);
  store<i32>(mailbox, task, TASK);
  atomic.store<i32>(mailbox, 0, DONE);
  const call = (atomic.load<i32>(mailbox) & -CALL) + CALL;
  atomic.store<i32>(mailbox, call | OPEN | 1);
  if (atomic.load<i32>(mailbox, ASLEEP) > 0) wake(mailbox);
  work(task, 0, nOthers + 1);
  // No piece is left for threads that have not joined, so nobody waits for them.
  const nJoined = atomic.and<i32>(mailbox, ~OPEN) & JOINED;
  let nDone = read(mailbox + DONE);
  while (nDone != nJoined - 1) nDone = awaitOther(mailbox + DONE, nDone, mailbox + FIRST_ASLEEP);
  if (atomic.load<i32>(mailbox, FAILED)) unreachable();
  return nJoined;
}

/** The next piece of the current work that no thread has taken, starting with 0. The result must not depend on which thread takes it. */
export function nextPiece(): i32 {
  return atomic.add<i32>(mailbox, 1, PIECE);
}

/** The loop of every thread except the first, until the team is closed. */
export function serve(): void {
  let call = atomic.load<i32>(mailbox);
  if (call == 0) return;
  atomic.add<i32>(mailbox, 1, READY);
  for (;;) {
    call = awaitOther(mailbox, call, mailbox + ASLEEP);
    while ((call & OPEN) != 0) {
      // Joining atomically checks that the call is still open, so a finished call is never joined.
      const was = atomic.cmpxchg<i32>(mailbox, call, call + 1);
      if (was == call) {
        changetype<(task: i32, thread: i32, nThreads: i32) => void>(<usize>load<i32>(mailbox, FUNCTION))(
          load<i32>(mailbox, TASK),
          call & JOINED,
          atomic.load<i32>(mailbox, READY) + 1,
        );
        call = leave(call);
      } else call = was;
    }
    if (call == 0) return;
  }
}

/** Reports that this thread is done, waits until the call is over, and returns the next call. */
function leave(joined: i32): i32 {
  atomic.add<i32>(mailbox, 1, DONE);
  if (atomic.load<i32>(mailbox, FIRST_ASLEEP)) wake(mailbox + DONE);
  let call = read(mailbox);
  while (((call ^ joined) & -CALL) == 0 && (call & OPEN) != 0) call = awaitOther(mailbox, call, mailbox + ASLEEP);
  return call;
}

/** Waits until a word changes, and returns it; counts sleeping threads at `asleep`. */
function awaitOther(place: usize, was: i32, asleep: usize): i32 {
  for (let look = 0; look < LOOKS; look++) {
    const is = atomic.load<i32>(place);
    if (is != was) return is;
  }
  atomic.add<i32>(asleep, 1);
  let is = was;
  do {
    sleep(place, was);
    is = read(place);
  } while (is == was);
  atomic.sub<i32>(asleep, 1);
  return is;
}

/** An atomic load, which the optimiser does not hoist out of loops. */
@inline
function read(place: usize): i32 {
  return atomic.add<i32>(place, 0);
}
