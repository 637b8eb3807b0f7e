import { hostname, userInfo } from 'node:os';

/** The author of a change: `CHURN_USER`, or else the system user and the machine. */
export function author(): string {
  return process.env.CHURN_USER || `${userName()}@${hostname()}`;
}

/** The name of the system user; in a container, it may only have a number. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}
