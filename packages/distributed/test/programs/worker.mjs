// A worker of the built package. On SIGTERM it finishes its tasks; on a second SIGTERM it returns them to the queue.
import { startWorker } from '@churn/distributed';

const { url, share, threads = 1, lockMs, build = 'a', exportName = 'pipeline' } = JSON.parse(process.argv[2]);
const tell = (text) => process.stdout.write(`${text}\n`);
try {
  const worker = await startWorker({
    url,
    share,
    threads,
    lockMs,
    modules: { [exportName]: new URL('./pipeline.mjs', import.meta.url) },
    build: { version: '1.0.0', hash: build.repeat(64) },
    onBegin: (key) => tell(`began ${key}`),
    onTask: (key, what) => tell(`done ${key} ${what}`),
    onMessage: (message, level) => tell(`${level}: ${message}`),
  });
  let isDraining = false;
  process.on('SIGTERM', async () => {
    if (!isDraining) {
      isDraining = true;
      await worker.drain();
    } else await worker.stop();
    tell('ended');
  });
  tell('ready');
} catch (error) {
  tell(`${error.code}: ${error.message}`);
  process.exitCode = 1;
}
