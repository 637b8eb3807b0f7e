import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { ChurnError, Labels, Pipeline, type Row, Table } from '@churn/core';
import { loadModel, readCsv, saveModel } from '@churn/io';
import { GradientBoostingClassifier } from '@churn/models';
import { rocAuc, trainTestSplit } from '@churn/selection';
import { CategoryEncoder, DropColumns } from '@churn/transforms';

const customers = await readCsv('../../data/bank_data.csv');
const target = 'Attrition_Flag';
const x = customers.drop([target]);
const left = Labels.from(customers.toRows().map((row) => row[target] === 'Attrited Customer'));

const { train, test } = trainTestSplit(left, { testSize: 0.3, seed: 42 });
const steps = [new DropColumns(['CLIENTNUM', 'Unnamed: 0']), new CategoryEncoder()];
const pipeline = new Pipeline(steps, new GradientBoostingClassifier({ nEstimators: 100, seed: 42 }));
const trained = pipeline.fit(x.take(train), left.take(train));
const auc = rocAuc(left.take(test), trained.predictProba(x.take(test)));
console.log(`test AUC ${auc.toFixed(3)}`);

await saveModel('outputs/churn.model.json', trained, { testAuc: auc });
const classes = [DropColumns, CategoryEncoder, GradientBoostingClassifier];
const { model, hash } = await loadModel('outputs/churn.model.json', classes);

const server = createServer(async (request, response) => {
  const answer = (status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
  if (request.method !== 'POST') return answer(200, { model: hash, expects: model.schema });
  try {
    const rows = (await json(request)) as Row[];
    const [, leaves] = model.predictProba(Table.fromRows(rows));
    return answer(200, Array.from(leaves));
  } catch (error) {
    // The message of a ChurnError is made to be shown: it names the column, what was expected and what came.
    if (ChurnError.is(error) || error instanceof SyntaxError) return answer(400, { error: error.message });
    return answer(500, { error: 'something went wrong' });
  }
});
server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
