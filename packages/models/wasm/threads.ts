// AssemblyScript; src/threads/team.ts is the side that calls it. Forks work over the threads of a team, whose instances have one memory.
//
// A module takes part by exporting `mailbox` and `serve`, and by calling `setUpThreads` in its `setUp`, which runs in every thread and
// must write nothing to memory. What the caller sets for one call reaches the other threads through memory alone, as globals belong to
// an instance. Alone, a module works as if there were no threads.

import { take } from './arena';

// From outside, as the instructions for it lose wake-ups in Node 20: waits while a number is what it was, or does nothing where this thread may not sleep; and wakes those that wait for it.
@external('env', 'sleep')
declare function sleep(place: usize, was: i32): void;
@external('env', 'wake')
declare function wake(place: usize): void;

/** The team's meeting place, of `MAILBOX` bytes, which the caller sets to 0 and the first word to 1; each part has a cache line. */
export let mailbox: usize = 0;
const MAILBOX: usize = 256;
// The call: i32 the number of the call times `CALL`, plus `OPEN` while threads may join, plus how many have joined, with the first; or 0
// where the team is closed. Then i32 the function and i32 its task.
const CALL: i32 = 512;
const OPEN: i32 = 256;
const JOINED: i32 = 255;
const FUNCTION: usize = 4;
const TASK: usize = 8;
/** i32: how many threads are ready besides the first; how many of them sleep. */
const READY: usize = 64;
const ASLEEP: usize = 68;
/** i32: how many of them have done their part. */
const DONE: usize = 128;
/** i32: whether one of them has failed. */
const FAILED: usize = 132;
/** i32: whether the first thread sleeps. */
const FIRST_ASLEEP: usize = 136;
/** i32: the next piece of work to be taken. */
const PIECE: usize = 192;

/** How often a thread looks for news before it sleeps: about as long as to be woken takes. */
const LOOKS: i32 = 20_000;

export function setUpThreads(): void {
  mailbox = take(MAILBOX);
}

/**
 * Has this thread, as thread 0, run `work(task, thread, nThreads)`, and each other one that is free in time, as the next of up to
 * `nThreads`; returns when all that began have ended, and how many they were. Whichever they are, the pieces that `nextPiece` hands out
 * must all be done, and what is written must be the same.
 */
export function fork(work: (task: i32, thread: i32, nThreads: i32) => void, task: i32): i32 {
  const nOthers = atomic.load<i32>(mailbox) == 0 ? 0 : atomic.load<i32>(mailbox, READY);
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
  // No piece is left for those that have not begun: nobody waits for them.
  const nJoined = atomic.and<i32>(mailbox, ~OPEN) & JOINED;
  let nDone = read(mailbox + DONE);
  while (nDone != nJoined - 1) nDone = awaitOther(mailbox + DONE, nDone, mailbox + FIRST_ASLEEP);
  if (atomic.load<i32>(mailbox, FAILED)) unreachable();
  return nJoined;
}

/** The next piece of the work at hand, from 0, that no thread has taken. Which thread takes it must not matter. */
export function nextPiece(): i32 {
  return atomic.add<i32>(mailbox, 1, PIECE);
}

/** What a thread other than the first does until the team is closed. */
export function serve(): void {
  let call = atomic.load<i32>(mailbox);
  if (call == 0) return;
  atomic.add<i32>(mailbox, 1, READY);
  for (;;) {
    call = awaitOther(mailbox, call, mailbox + ASLEEP);
    while ((call & OPEN) != 0) {
      // Joining is one step with making sure that the call is still open: one that is over is never joined.
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

/** Tells that this thread has done its part in a call, waits until that is over, and returns what is then the call. */
function leave(joined: i32): i32 {
  atomic.add<i32>(mailbox, 1, DONE);
  if (atomic.load<i32>(mailbox, FIRST_ASLEEP)) wake(mailbox + DONE);
  let call = read(mailbox);
  while (((call ^ joined) & -CALL) == 0 && (call & OPEN) != 0) call = awaitOther(mailbox, call, mailbox + ASLEEP);
  return call;
}

/** Waits until a number is another than it was, and returns it; counts at `asleep` who sleeps. */
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

/** A number as it is now: the optimiser moves what only loads it before a loop. */
@inline
function read(place: usize): i32 {
  return atomic.add<i32>(place, 0);
}
