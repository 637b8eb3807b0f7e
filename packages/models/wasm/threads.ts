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
// The call: i32 256 times its number, plus how many threads take part, or 0 where the team is closed; i32 the function and i32 its task.
const FUNCTION: usize = 4;
const TASK: usize = 8;
/** i32: how many threads are ready besides the first. */
const READY: usize = 64;
/** i32: how many of them have done their part. */
const DONE: usize = 128;
/** i32: whether one of them has failed. */
const FAILED: usize = 132;
/** i32: the next piece of work to be taken. */
const PIECE: usize = 192;

/** How often a thread looks for news before it sleeps: about as long as to be woken takes. */
const LOOKS: i32 = 20_000;

export function setUpThreads(): void {
  mailbox = take(MAILBOX);
}

/**
 * Has all threads that are ready run `work(task, thread, nThreads)`, this one as thread 0, and returns when all have. What they write
 * must not depend on how many they are.
 */
export function fork(work: (task: i32, thread: i32, nThreads: i32) => void, task: i32): void {
  const isOpen = (atomic.load<i32>(mailbox) & 255) != 0;
  const nThreads = isOpen ? atomic.load<i32>(mailbox, READY) + 1 : 1;
  store<i32>(mailbox, 0, PIECE);
  if (nThreads == 1) {
    work(task, 0, 1);
    return;
  }
  store<i32>(mailbox, <i32>changetype<usize>(work), FUNCTION);
  store<i32>(mailbox, task, TASK);
  atomic.store<i32>(mailbox, 0, DONE);
  atomic.store<i32>(mailbox, (((atomic.load<i32>(mailbox) >>> 8) + 1) << 8) | nThreads);
  wake(mailbox);
  work(task, 0, nThreads);
  let nDone = read(mailbox + DONE);
  while (nDone != nThreads - 1) nDone = awaitOther(mailbox + DONE, nDone);
  if (atomic.load<i32>(mailbox, FAILED)) unreachable();
}

/** The next piece of the work at hand, from 0, that no thread has taken. Which thread takes it must not matter. */
export function nextPiece(): i32 {
  return atomic.add<i32>(mailbox, 1, PIECE);
}

/** What a thread other than the first does until the team is closed. */
export function serve(): void {
  let call = atomic.load<i32>(mailbox);
  if ((call & 255) == 0) return;
  const thread = atomic.add<i32>(mailbox, 1, READY) + 1;
  for (;;) {
    call = awaitOther(mailbox, call);
    const nThreads = call & 255;
    if (nThreads == 0) return;
    // Those that came after the call sit it out.
    if (thread >= nThreads) continue;
    changetype<(task: i32, thread: i32, nThreads: i32) => void>(<usize>load<i32>(mailbox, FUNCTION))(
      load<i32>(mailbox, TASK),
      thread,
      nThreads,
    );
    atomic.add<i32>(mailbox, 1, DONE);
    wake(mailbox + DONE);
  }
}

/** Waits until a number is another than it was, and returns it. */
function awaitOther(place: usize, was: i32): i32 {
  for (let look = 0; look < LOOKS; look++) {
    const is = atomic.load<i32>(place);
    if (is != was) return is;
  }
  let is = was;
  do {
    sleep(place, was);
    is = read(place);
  } while (is == was);
  return is;
}

/** A number as it is now: the optimiser moves what only loads it before a loop. */
@inline
function read(place: usize): i32 {
  return atomic.add<i32>(place, 0);
}
