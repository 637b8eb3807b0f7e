import { hostname, userInfo } from 'node:os';

/** Who does it: `CHURN_USER`, or else the user of the system and the machine. */
export function author(): string {
  return process.env.CHURN_USER || `${userName()}@${hostname()}`;
}

/** In a container a user may have a number alone. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}
