// What `import module from '….wasm'` is in tests: the module as base64, compiled from the AssemblyScript of the same name.
const { execFileSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const script = join(__dirname, 'compile-wasm.mjs');
const sources = join(__dirname, '../wasm');

module.exports = {
  process(_text, path) {
    const base64 = execFileSync(process.execPath, [script, path], { encoding: 'utf8' });
    return { code: `exports.__esModule = true;\nexports.default = '${base64}';\n` };
  },
  // A module depends on the files that it imports, too.
  getCacheKey(_text, path) {
    const hash = createHash('sha256').update(path);
    const names = readdirSync(sources, { recursive: true }).filter((name) => name.endsWith('.ts'));
    for (const file of [__filename, script, ...names.sort().map((name) => join(sources, name))]) {
      hash.update(readFileSync(file));
    }
    return hash.digest('hex');
  },
};
