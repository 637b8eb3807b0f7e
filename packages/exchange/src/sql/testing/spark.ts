import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A Python with PySpark and sqlglot. */
export const PEERS_PYTHON = process.env.PEERS_PYTHON || undefined;

/** Answers one request per line: loads a CSV file as the table, creates the view and returns its rows. */
const SERVER = `
import json, os, sys
from pyspark.sql import SparkSession
session = (SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
  .config("spark.sql.shuffle.partitions", "2").config("spark.sql.warehouse.dir", os.path.join(os.getcwd(), "warehouse"))
  .config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.memory", "1g")
  .config("spark.sql.codegen.wholeStage", "false").config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
  .config("spark.sql.adaptive.enabled", "false").getOrCreate())
session.sparkContext.setLogLevel("OFF")
for line in sys.stdin:
  request = json.loads(line)
  try:
    rows = session.read.csv(request["file"], schema=request["schema"], nullValue="\\\\N", quote='"', escape='"', multiLine=True,
      emptyValue="", nanValue="NaN", positiveInf="Infinity", negativeInf="-Infinity")
    rows.createOrReplaceTempView("raw")
    session.sql(request["view"])
    found = session.sql("SELECT * FROM scored").orderBy(request["order"]).collect()
    answer = {"rows": [list(row)[request["skip"]:] for row in found]}
  except Exception as error:
    answer = {"error": str(error)[:2000]}
  print("answer " + json.dumps(answer), flush=True)
`;

interface SparkRequest {
  readonly file: string;
  readonly schema: string;
  readonly view: string;
  /** The sort column. */
  readonly order: string;
  /** The number of leading columns to omit. */
  readonly skip: number;
}

export interface RunningSpark {
  ask(request: SparkRequest): Promise<unknown[][]>;
  stop(): Promise<void>;
}

/** A Spark session with two threads in a separate process, without code generation, which does not pay off for short queries. */
export function startSpark(): RunningSpark {
  const folder = mkdtempSync(join(tmpdir(), 'churn-spark-'));
  const python = spawn(PEERS_PYTHON!, ['-c', SERVER], {
    cwd: folder,
    env: { ...process.env, SPARK_LOCAL_IP: '127.0.0.1', JAVA_TOOL_OPTIONS: '-XX:TieredStopAtLevel=1' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const answers: ((line: string) => void)[] = [];
  createInterface(python.stdout).on('line', (line) => {
    if (line.startsWith('answer ')) answers.shift()?.(line.slice('answer '.length));
  });
  python.once('exit', () => {
    for (const answer of answers) answer('{"error":"Spark has ended"}');
  });
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        answers.push((line) => {
          // Python writes NaN and Infinity, which are not JSON.
          const { rows, error } = JSON.parse(line.replace(/(?<=[[ ])(-?Infinity|NaN)(?=[,\]])/g, '"$1"'));
          if (error) reject(new Error(error));
          else resolve(rows);
        });
        python.stdin.write(`${JSON.stringify(request)}\n`);
      }),
    async stop() {
      const ended = new Promise((resolve) => python.once('exit', resolve));
      python.stdin.end();
      await ended;
      python.stdout.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
