import type { Server } from 'node:http';
import { setImmediate, setTimeout } from 'node:timers/promises';

/** How long nobody has connected when the socket is closed, and how long that is waited for at most. */
const QUIET_MS = 50;
const MAX_WAIT_MS = 500;

/**
 * Stops listening when nobody waits to be accepted: closing the socket would reset whoever does. Those accepted are left as they are,
 * but for connections without a request.
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
  // Where clients never pause, at least a turn of the event loop with nobody in it has just ended.
  await untilNobodyComes(() => setImmediate());
  server.close();
}
