// Runs the models of cases.json in onnxruntime-web, and reports their probabilities.
// It lies beside the page alone.
const runtime = new URL('./ort.wasm.min.mjs', import.meta.url).href;
const { env, InferenceSession, Tensor } = await import(runtime);

env.wasm.wasmPaths = new URL('./', import.meta.url).href;
env.wasm.numThreads = 1;

async function run({ model, inputs }) {
  const session = await InferenceSession.create(model);
  const tensors = inputs.map(({ name, numbers, texts }) => {
    const shape = [(numbers ?? texts).length, 1];
    // JSON has no NaN.
    const values = numbers && Float64Array.from(numbers, (value) => value ?? NaN);
    return [name, values ? new Tensor('float64', values, shape) : new Tensor('string', texts, shape)];
  });
  const { probabilities, label } = await session.run(Object.fromEntries(tensors));
  return { probabilities: Array.from(probabilities.data), labels: Array.from(label.data) };
}

async function runAll() {
  const cases = await (await fetch('/cases.json')).json();
  const results = [];
  for (const each of cases) results.push(await run(each));
  return results;
}

const report = await runAll().catch((error) => String(error));
await fetch('/', { method: 'POST', body: JSON.stringify(report) });
