// AssemblyScript. The linear memory, handed out from its start in one piece after another and freed all at once.

/** Ends what goes on with an error: there are not so many bytes of memory. */
@external('env', 'refuse')
declare function refuse(nBytes: usize): void;

let top: usize = 0;

/** Frees all that was taken. */
export function clear(): void {
  top = __heap_base;
}

/** The place of so many bytes, at the start of a cache line. What they hold is not defined. */
export function take(nBytes: usize): usize {
  const start = (top + 63) & ~63;
  top = start + nBytes;
  reserve(top);
  return start;
}

/** Has what is taken next begin at `start`; returns where it would have. */
export function takeBack(start: usize): usize {
  const end = top;
  top = start;
  return end;
}

/** Grows the memory, where it must, to have all bytes before `end`. */
export function reserve(end: usize): void {
  const nPages = <i32>((end + 0xffff) >>> 16);
  const missing = nPages - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) refuse(end);
}
