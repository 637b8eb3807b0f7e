import type { Server } from 'node:http';
import { setImmediate, setTimeout } from 'node:timers/promises';

/** The time without new connections before the socket is closed, and the maximum time to wait for it. */
const QUIET_MS = 50;
const MAX_WAIT_MS = 500;

/**
 * Stops listening at a moment when no connection waits to be accepted, since closing the socket would reset it. Accepted connections stay,
 * except those without a request.
 */
export async function stopAccepting(server: Server): Promise<void> {
  let accepted = 0;
  server.on('connection', () => {
    accepted++;
  });
  const untilNobodyComes = async (wait: () => Promise<unknown>) => {
    const end = performance.now() + MAX_WAIT_MS;
    for (let before = -1; accepted > before && performance.now() < end; ) {
      before = accepted;
      await wait();
    }
  };
  await untilNobodyComes(() => setTimeout(QUIET_MS));
  // If clients never pause, at least one turn of the event loop has passed without a connection.
  await untilNobodyComes(() => setImmediate());
  server.close();
}
