/**
 * Starts a module of a page as a worker that is held to the policy of the page: one that is loaded by its address would be held to that of
 * the server's headers, and a static host sends none.
 */
export function startWorker({ href }: URL): Worker {
  const module = JSON.stringify(href);
  const start = URL.createObjectURL(new Blob([`import ${module};`], { type: 'text/javascript' }));
  const worker = new Worker(start, { type: 'module' });
  // It is read by the time that the first message or error comes.
  const release = () => URL.revokeObjectURL(start);
  worker.addEventListener('message', release, { once: true });
  worker.addEventListener('error', release, { once: true });
  return worker;
}
