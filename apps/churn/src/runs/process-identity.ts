import { hostname } from 'node:os';

/** The host name, as used in file names. */
export const HOST = hostname().replace(/[^\w-]/g, '-') || 'host';

/** The process that created a file. */
interface Maker {
  readonly host: string;
  readonly pid: number;
}

/** Whether another process is known to have ended: one of this machine that is not running, or whose ID this process now has. */
export function hasEnded({ host, pid }: Maker): boolean {
  return host === HOST && (pid === process.pid || !isAlive(pid));
}

/** Whether a process of this machine is running. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
