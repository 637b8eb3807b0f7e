// AssemblyScript. An arena allocator: hands out the linear memory from its start, and frees all of it at once.

/** Aborts with an error: the memory cannot provide `nBytes`. */
@external('env', 'refuse')
declare function refuse(nBytes: usize): void;

let top: usize = 0;

/** Frees all allocations. */
export function clear(): void {
  top = __heap_base;
}

/** Allocates bytes, uninitialised, at the start of a cache line. */
export function take(nBytes: usize): usize {
  const start = (top + 63) & ~63;
  top = start + nBytes;
  reserve(top);
  return start;
}

/** Makes the next allocation start at `start`; returns where it would have started. */
export function takeBack(start: usize): usize {
  const end = top;
  top = start;
  return end;
}

/** Grows the memory, if necessary, to have all bytes before `end`. */
export function reserve(end: usize): void {
  const nPages = <i32>((end + 0xffff) >>> 16);
  const missing = nPages - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) refuse(end);
}
