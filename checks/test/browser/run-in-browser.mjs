// Builds the project in a folder with Vite, opens its page in Chromium, as it is and isolated from other origins, and prints what each
// fitted, with all complaints.
import { chromium } from 'playwright-core';
import { build, createLogger, preview } from 'vite';

const [root, executablePath] = process.argv.slice(2);
const warnings = [];
const logger = createLogger('silent');
logger.warn = logger.warnOnce = logger.error = (message) => warnings.push(message);
const options = {
  root,
  configFile: false,
  customLogger: logger,
  build: { target: 'es2022', chunkSizeWarningLimit: 1000 },
  worker: { format: 'es' },
};
await build(options);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  const plain = await open({});
  const isolated = await open({
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
  });
  process.stdout.write(JSON.stringify({ warnings, plain, isolated }));
} finally {
  await browser.close();
}

async function open(headers) {
  const server = await preview({ ...options, preview: { host: '127.0.0.1', port: 0, headers } });
  try {
    const page = await browser.newPage();
    // A busy machine may take long.
    page.setDefaultTimeout(300_000);
    const messages = [];
    page.on('console', (message) => messages.push(message.text()));
    page.on('pageerror', (error) => messages.push(error.message));
    await page.goto(server.resolvedUrls.local[0]);
    const fitted = await page
      .waitForFunction(() => globalThis.fitted)
      .then((handle) => handle.jsonValue())
      .catch((error) => messages.push(error.message));
    return { messages, fitted };
  } finally {
    await server.close();
  }
}
