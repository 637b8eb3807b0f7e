// Records a first session with the command to docs/images/first-minute.svg: writes customers to a file in an empty folder, runs the
// commands below, and draws their output over time. Long waits are shortened. It needs a build.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '@churn/core';
import { project, ROOT } from './project.mjs';

const COMMANDS = [
  ['init', '--data', 'customers.csv', '--target', 'left'],
  ['train'],
  ['predict', '--input', 'outputs/latest/sample.csv', '--output', 'scored.csv', '--explain'],
];
/** Seconds: after typing a command, the longest wait shown, between two screens of output, and at the end. */
const [TYPED, LONGEST, READING, END] = [1.2, 1.5, 1.5, 6];
const [COLUMNS, ROWS, WIDTH, HEIGHT, PADDING] = [112, 28, 7.25, 17, 16];

/** Customers, of whom those with high fees, many calls and a short tenure leave. */
function customers() {
  const random = new Random(28);
  const rows = Array.from({ length: 1500 }, (_, i) => {
    const plan = random.uniform() < 0.6 ? 'basic' : 'plus';
    const tenure = Math.floor(60 * random.uniform());
    const calls = Math.floor(6 * random.uniform());
    const bill = Math.max(9, 30 + 12 * random.normal() + (plan === 'plus' ? 15 : 0));
    const risk = bill / 20 + 0.6 * calls - tenure / 12 + (plan === 'basic' ? 0.8 : 0) + random.normal();
    return [10_001 + i, plan, tenure, calls, `$${bill.toFixed(2)}`, risk > 3 ? 'yes' : 'no'].join(',');
  });
  return `customer_id,plan,tenure,calls,monthly_bill,left\n${rows.join('\n')}\n`;
}

/** The output lines of a command, each with the seconds since its start. */
function record(args, cwd) {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const lines = [];
    let rest = '';
    const child = spawn(process.execPath, [join(ROOT, 'apps/churn/bin/churn.js'), ...args], { cwd });
    const onText = (text) => {
      const parts = (rest + text).split('\n');
      rest = parts.pop();
      for (const line of parts) lines.push({ line, at: (performance.now() - began) / 1000 });
    };
    child.stdout.on('data', onText);
    child.stderr.on('data', onText);
    child.on('close', (code) =>
      code === 0 ? resolve(lines) : reject(new Error(`${args[0]} ended with ${code}`)),
    );
  });
}

/** Wraps long lines at spaces. */
const wrapped = (line) => line.match(new RegExp(`.{1,${COLUMNS}}(?= |$)|.{1,${COLUMNS}}`, 'gu')) ?? [''];

const folder = mkdtempSync(join(tmpdir(), 'churn-session-'));
/** All lines, each with the second at which it appears. */
const screen = [];
let now = 0.2;
try {
  writeFileSync(join(folder, 'customers.csv'), customers());
  for (const args of COMMANDS) {
    screen.push({ line: `$ npx @${project().scope}/cli ${args.join(' ')}`, at: now, isCommand: true });
    now += TYPED;
    let last = 0;
    for (const { line, at } of await record(args, folder)) {
      now += Math.min(at - last, LONGEST);
      last = at;
      for (const part of wrapped(line)) screen.push({ line: part, at: now });
    }
    screen.push({ line: '', at: now });
    now += READING * 2;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
screen.push({ line: '$ ', at: now, isCommand: true });
// Simultaneous output is shown screen by screen, so that it can be read.
let delay = 0;
for (const [index, each] of screen.entries()) {
  const before = screen[index - Math.floor(ROWS * 0.6)];
  each.at += delay;
  if (before && each.at - before.at < READING) {
    const more = READING - (each.at - before.at);
    each.at += more;
    delay += more;
  }
}
const seconds = screen.at(-1).at + END;

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const texts = screen
  .map(({ line, isCommand }, index) =>
    line === ''
      ? ''
      : `<text y="${(index + 1) * HEIGHT - 4}"${isCommand ? ' class="c"' : ''} xml:space="preserve">${escaped(line)}</text>`,
  )
  .filter(Boolean);

/** The keyframes of an animation, by the number of visible lines. */
function steps(name, offset) {
  const frames = [[0, 0], ...screen.map(({ at }, index) => [at, index + 1])];
  const latest = new Map(frames.map(([at, lines]) => [((100 * at) / seconds).toFixed(2), offset(lines)]));
  const moved = [...latest].filter(([, y], index, all) => index === 0 || y !== all[index - 1][1]);
  return `@keyframes ${name}{${moved.map(([percent, y]) => `${percent}%{transform:translateY(${y}px)}`).join('')}}`;
}
const curtain = (lines) => lines * HEIGHT;
const scroll = (lines) => -Math.max(0, lines - ROWS) * HEIGHT;
const [width, height] = [Math.ceil(COLUMNS * WIDTH) + 2 * PADDING, ROWS * HEIGHT + 2 * PADDING];
const all = screen.length;
writeFileSync(
  join(ROOT, 'docs/images/first-minute.svg'),
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>A terminal: a configuration is made for a file of customers, models are trained and compared, and customers are scored</title>
<style>
text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#d1d5db}
.c{fill:#7dd3fc;font-weight:600}
.s{transform:translateY(${scroll(all)}px);animation:s ${seconds.toFixed(1)}s step-end infinite}
.k{transform:translateY(${curtain(all)}px);animation:k ${seconds.toFixed(1)}s step-end infinite}
@media (prefers-reduced-motion:reduce){.s,.k{animation:none}}
${steps('s', scroll)}
${steps('k', curtain)}
</style>
<rect width="${width}" height="${height}" rx="8" fill="#111827"/>
<svg x="${PADDING}" y="${PADDING}" width="${width - 2 * PADDING}" height="${ROWS * HEIGHT}"><g class="s">
${texts.join('\n')}
<rect class="k" x="-1" width="${width}" height="${all * HEIGHT}" fill="#111827"/>
</g></svg>
</svg>
`,
);
process.stdout.write(`${all} lines, ${seconds.toFixed(1)} s\n`);
