import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportModel } from '../commands/export';
import { loadScoringModel } from '../scoring/scoring-model';
import { saveSmallModel } from '../testing/small-model';

let folder: string;
const at = (name: string) => join(folder, name);
const model = () => ({ name: 'm.json', file: at('m.json') });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-onnx-'));
  await saveSmallModel(at('m.json'));
});

afterAll(() => rmSync(folder, { recursive: true }));

test.each([undefined, 'model'] as const)('writes a graph that contains its hash; only: %s', async (only) => {
  const { text: summary } = await exportModel({ to: 'onnx', model: model(), output: at('m.onnx'), only });
  const { hash } = await loadScoringModel(at('m.json'));
  expect(summary).toMatch(/^ONNX: .*m\.onnx \(\d+ (bytes|kB)\); model hash/);
  const text = readFileSync(at('m.onnx'), 'latin1');
  expect(text).toContain(hash);
  expect(text).toContain('probabilities');
});
