import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import {
  type Classifier,
  type ClassLabel,
  type ClassProbabilities,
  checkedProbabilities,
  type FittedClassifier,
  isString,
  Labels,
  type LabelsLike,
  likeliest,
  Pipeline,
  type StateReader,
  Table,
} from '@churn/core';
import { useTempFolder } from './files/temp-folder';
import { loadModel } from './load-model';
import { saveModel } from './save-model';

const temp = useTempFolder();

/** Gives every row the shares of the classes in training. */
class SharesClassifier implements Classifier<FittedShares> {
  readonly role = 'classifier';
  static readonly type = 'Shares';

  static restore(state: StateReader): FittedShares {
    return new FittedShares(
      state.list('classes', isString),
      state.list('shares', (v) => typeof v === 'number'),
    );
  }

  fit(_x: Table, y: LabelsLike): FittedShares {
    const labels = Labels.from(y);
    return new FittedShares(
      labels.classes,
      labels.counts().map((n) => n / labels.length),
    );
  }
}

class FittedShares implements FittedClassifier {
  readonly role = 'classifier';
  readonly type = SharesClassifier.type;
  readonly features = [];

  constructor(
    readonly classes: readonly ClassLabel[],
    readonly shares: readonly number[],
  ) {}

  get state() {
    return { classes: this.classes, shares: this.shares };
  }

  predictProba(x: Table): ClassProbabilities {
    const columns = this.shares.map((share) => new Float64Array(x.nRows).fill(share));
    return checkedProbabilities(x, this.features, columns);
  }

  predict(x: Table): ClassLabel[] {
    return likeliest(this.classes, this.predictProba(x));
  }
}

const rows = Table.fromRows([{ a: 1 }, { a: 2 }, { a: 3 }]);
const model = new Pipeline([], new SharesClassifier()).fit(rows, ['no', 'yes', 'no']);

describe('saveModel and loadModel', () => {
  it('preserve a model and its training metadata', async () => {
    const file = temp('models', 'x.model.json');
    await saveModel(file, model, { seed: 42, note: 'é' });
    const loaded = await loadModel(file, [SharesClassifier]);
    expect(loaded.training).toEqual({ seed: 42, note: 'é' });
    expect(loaded.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(loaded.model.predictProba(rows)).toEqual(model.predictProba(rows));
    expect(await readdir(temp('models'))).toEqual(['x.model.json']);
  });

  it('report a missing file or a folder', async () => {
    await expect(loadModel(temp('none.json'), [])).rejects.toMatchObject({
      code: 'invalid-file',
      message: `${temp('none.json')}: there is no such file`,
    });
    await mkdir(temp('folder'));
    await expect(loadModel(temp('folder'), [])).rejects.toMatchObject({
      code: 'invalid-file',
      message: `${temp('folder')}: this is a folder, expected a file`,
    });
    await expect(saveModel(temp('folder'), model)).rejects.toMatchObject({ code: 'invalid-file' });
  });

  it.each([
    ['was edited', (text: string) => text.replace('0.33', '0.34'), 'the hash does not match the content'],
    ['was cut off', (text: string) => text.slice(0, 200), 'not a model file, or a truncated one'],
    ['is empty', () => '', 'not a model file, or a truncated one'],
    ['is another JSON file', () => '{}', 'this is JSON, but not a model file'],
    ['is a list', () => '[]', 'not a model file: it is not a JSON object'],
  ])('name the file if it %s', async (_, damage, problem) => {
    const file = temp('x.model.json');
    await saveModel(file, model);
    await writeFile(file, damage(await readFile(file, 'utf8')));
    await expect(loadModel(file, [SharesClassifier])).rejects.toMatchObject({
      code: 'model-file',
      message: expect.stringContaining(`${file}: ${problem}`),
    });
  });

  it('reject bytes that are not text', async () => {
    await writeFile(temp('x.model.json'), Uint8Array.of(0x80, 0x04, 0x95, 0xff));
    await expect(loadModel(temp('x.model.json'), [])).rejects.toMatchObject({
      code: 'model-file',
      message: expect.stringContaining(`${temp('x.model.json')}: not a model file`),
    });
  });

  it('name the file if a class is missing', async () => {
    const file = temp('x.model.json');
    await saveModel(file, model);
    await expect(loadModel(file, [])).rejects.toMatchObject({
      code: 'model-file',
      message: `${file}: the model needs the class Shares, which is not allowed; allowed are Pipeline`,
    });
  });
});
