import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { startService } from '../../testing/service-process';
import { saveSmallModel } from '../../testing/small-model';

const ROOT = join(__dirname, '../../../../..');
const PORT = 8080;

const probe = z.strictObject({
  httpGet: z.strictObject({ path: z.string(), port: z.literal(PORT) }),
  periodSeconds: z.int().min(1),
});
const amounts = z.strictObject({
  cpu: z.string().regex(/^\d+m?$/),
  memory: z.string().regex(/^\d+[MG]i$/),
});
/** The part of KServe's resource, of version v1beta1, that ours uses. */
const SERVICE = z.strictObject({
  apiVersion: z.literal('serving.kserve.io/v1beta1'),
  kind: z.literal('InferenceService'),
  metadata: z.strictObject({
    name: z.string().regex(/^[a-z]([a-z\d-]*[a-z\d])?$/),
    annotations: z.strictObject({
      'serving.kserve.io/deploymentMode': z.enum(['Serverless', 'RawDeployment']),
    }),
  }),
  spec: z.strictObject({
    predictor: z.strictObject({
      minReplicas: z.int().min(0),
      maxReplicas: z.int().min(1),
      scaleMetric: z.enum(['cpu', 'memory', 'concurrency', 'rps']),
      scaleTarget: z.int().min(1),
      timeout: z.int().min(1),
      containers: z.tuple([
        z.strictObject({
          // The name by which KServe knows the container of a model.
          name: z.literal('kserve-container'),
          image: z.string().regex(/:\d+\.\d+\.\d+$/),
          args: z.array(z.string()),
          env: z.array(z.strictObject({ name: z.string(), value: z.string() })),
          ports: z.tuple([
            z.strictObject({
              name: z.enum(['http1', 'h2c']),
              containerPort: z.literal(PORT),
              protocol: z.literal('TCP'),
            }),
          ]),
          livenessProbe: probe,
          readinessProbe: probe,
          resources: z.strictObject({ requests: amounts, limits: amounts }),
          securityContext: z.strictObject({
            runAsNonRoot: z.literal(true),
            runAsUser: z.int().min(1),
            allowPrivilegeEscalation: z.literal(false),
            readOnlyRootFilesystem: z.literal(true),
            capabilities: z.strictObject({ drop: z.tuple([z.literal('ALL')]) }),
          }),
        }),
      ]),
    }),
  }),
});

it('the InferenceService has the fields of KServe, and starts a service that answers its probes and clients', async () => {
  const text = readFileSync(join(ROOT, 'deploy/kserve/inference-service.yaml'), 'utf8');
  const { metadata, spec } = SERVICE.parse(parse(text));
  const [{ args, env, livenessProbe, readinessProbe }] = spec.predictor.containers;
  // KServe copies the file to this folder, by its own name.
  const model = args.find((each) => each.startsWith('--model='))?.slice('--model='.length);
  const stored = env.find(({ name }) => name === 'STORAGE_URI')?.value;
  expect(model).toBe(`/mnt/models/${stored?.split('/').at(-1)}`);
  expect(args).toContain(`--port=${PORT}`);
  const folder = mkdtempSync(join(tmpdir(), 'churn-manifest-'));
  await saveSmallModel(join(folder, 'model.json'));
  const here = args.map((each) => {
    if (each.startsWith('--model=')) return `--model=${join(folder, 'model.json')}`;
    return each.startsWith('--port=') ? '--port=0' : each;
  });
  const [command, ...options] = here;
  expect(command).toBe('serve');
  const service = await startService(options, { cwd: folder });
  try {
    const address = service.address.replace('0.0.0.0', '127.0.0.1');
    for (const path of [
      livenessProbe.httpGet.path,
      readinessProbe.httpGet.path,
      `/v2/models/${metadata.name}/ready`,
    ]) {
      expect([path, (await fetch(address + path)).status]).toEqual([path, 200]);
    }
  } finally {
    await service.end('SIGKILL');
    rmSync(folder, { recursive: true });
  }
});
