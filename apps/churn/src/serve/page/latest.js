/** How long there is between two turns at least. */
const PAUSE_MS = 60;

/**
 * Work that is asked for more often than it can be done: it is done one turn after the other, and of those that were asked for
 * meanwhile only the last. So answers come in order, and the last one is that of the last call.
 * @param {() => Promise<void>} work may not reject
 */
export function latest(work) {
  let isBusy = false;
  let isDue = false;
  return async () => {
    isDue = true;
    if (isBusy) return;
    isBusy = true;
    while (isDue) {
      isDue = false;
      await Promise.all([work(), new Promise((resolve) => setTimeout(resolve, PAUSE_MS))]);
    }
    isBusy = false;
  };
}
