import { ChurnError, didYouMean, similarName, visibleLines } from '@churn/core';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { version } from '../package.json';
import type { Config } from './config/config.js';
import type { AskedCounterfactuals } from './config/counterfactual-settings.js';
import { DELIMITER } from './config/delimiter.js';
import { EXPECTED_DURATION, secondsOf } from './config/duration.js';
import type { Overrides } from './config/override.js';
import { PRESETS } from './config/preset.js';
import { isRedisAddress } from './config/redis-address.js';
import { WINDOWS } from './config/windows.js';
import type { Workers } from './config/workers.js';
import { EXPORT_FORMS } from './exporting/forms.js';
import { FORMAT_NAMES } from './format-names.js';
import { LIBRARIES } from './importing/libraries.js';
import type { NamedModel } from './registry/named-model.js';
import { isThere } from './runs/is-there.js';
import { RULES_MODES } from './scoring/rules-mode.js';
import { parseShard, type Shard } from './scoring/shard.js';
import { STANDARD_STREAM } from './scoring/standard-stream.js';
import { CliCommand } from './terminal/cli-command.js';
import { endOnSignals, type Interruption } from './terminal/interruption.js';
import { errorLine, isJsonOutput } from './terminal/json-output.js';
import type { Logger } from './terminal/logger.js';
import {
  afterEda,
  afterExplain,
  afterImport,
  afterPredict,
  afterPromote,
  afterRun,
  afterRuns,
  afterShard,
  afterTrain,
  DEFAULT_CONFIG,
} from './terminal/next-steps.js';
import { type Outcome, outcomeJson, outcomeText } from './terminal/outcome.js';

// Help, version and completion load nothing else: what only a command needs is imported when it runs.

/** How a run is named. */
const RUN = 'a run ID, the beginning of one, latest, or an alias';

const program = new CliCommand('churn')
  .description('Trains a churn model on a file of customers and scores others with it.')
  .version(version)
  .option(
    '--json',
    'print the result as one JSON object, and the log and errors as JSON lines on standard error',
  )
  .configureHelp({ showGlobalOptions: true })
  .showHelpAfterError(isJsonOutput() ? false : '(use --help to list the options)')
  .configureOutput({
    writeErr: (text) => process.stderr.write(visibleLines(text)),
    outputError(text) {
      const message = text.replace(/^error: /, '').replace('is invalid. expected', 'is invalid: expected');
      process.stderr.write(errorLine('invalid-parameter', visibleLines(message.trimEnd())));
    },
  })
  .hook('preAction', (_, command) => {
    running = command;
  });

/** The command that runs. */
let running: Command = program;

program
  .command('train')
  .description('train the configured models, and write them with a report')
  .option('--config <file>', 'the configuration', DEFAULT_CONFIG)
  .addOption(dataOption())
  .option('--out <folder>', 'the output folder, instead of that of the configuration')
  .addOption(seedOption())
  .addOption(presetOption())
  .addOption(timeOption())
  .addOption(quickOption())
  .option('--no-images', 'write no image files; report.html has its figures all the same')
  .option('--no-report', 'write no report.html')
  .option(
    '--workers <where>',
    'a number of threads, or the address of the Redis that workers use: redis://host:6379',
    workersOption,
  )
  .option(
    '--share <where>',
    'with Redis: the folder, or s3://bucket/prefix, through which rows are shared instead of Redis',
  )
  .addHelpText(
    'after',
    examples(
      'churn train',
      'churn train --workers redis://queue:6379',
      'churn train --preset best --time 10m',
      'churn train --data BankChurners.csv --out outputs/kaggle --seed 7',
    ),
  )
  .action(({ config, ...overrides }) =>
    run(async (logger) => {
      const interruption = await discardRunsOnSignals();
      const settings = await loadConfig(config, overrides);
      logger.level = settings.logLevel;
      const { train } = await import('./commands/train.js');
      const outcome = await train(settings, logger, interruption);
      const { out } = overrides;
      return { ...outcome, next: afterTrain(config, { data: settings.data.file, out }) };
    }),
  );

program
  .command('worker')
  .description('fit models for trainings on other machines, through Redis')
  .requiredOption('--redis <address>', 'such as redis://host:6379, or rediss:// with TLS', redisOption)
  .addOption(threadsOption())
  .option('--share <where>', 'the folder, or s3://bucket/prefix, through which the trainings share rows')
  .addHelpText('after', examples('churn worker --redis redis://queue:6379 --threads 4'))
  .action((options) =>
    run(async (logger) => {
      const { work } = await import('./commands/worker.js');
      return work(options, logger);
    }),
  );

program
  .command('search')
  .description('run one shard of a search, through a folder shared with the others')
  .requiredOption('--folder <folder>', 'the shared folder, for tasks and their results')
  .option(
    '--shard <i/n>',
    'which of how many shards, such as 3/16; any of them may be missing or start later',
    shardOption,
  )
  .option(
    '--apart',
    'with --shard: the folder is not shared; run a fixed share, and leave the rest to --join',
  )
  .option('--join', 'finish the search, and train with its results')
  .addOption(threadsOption())
  .option('--config <file>', 'the configuration', DEFAULT_CONFIG)
  .addOption(dataOption())
  .option('--out <folder>', 'with --join: the output folder, instead of that of the configuration')
  .addOption(seedOption())
  .addOption(presetOption())
  .addOption(timeOption())
  .addOption(quickOption())
  .option('--no-images', 'with --join: write no image files; report.html has its figures all the same')
  .option('--no-report', 'with --join: write no report.html')
  .addHelpText(
    'after',
    examples(
      'churn search --shard 3/16 --folder /shared/search',
      'churn search --join --folder /shared/search',
    ),
  )
  .action(({ config, folder, shard, apart = false, join, threads, ...overrides }, command: Command) =>
    run(async (logger) => {
      if ((shard === undefined) === (join !== true))
        command.error(`error: expected one of --shard and --join, got ${join ? 'both' : 'neither'}`);
      const interruption = await discardRunsOnSignals();
      const settings = await loadConfig(config, overrides);
      logger.level = settings.logLevel;
      const { place, count }: Shard = shard ?? { place: 0, count: 1 };
      const workers = { folder, shard: place, shards: count, threads, apart: apart && !join };
      if (join) {
        const { train } = await import('./commands/train.js');
        return train({ ...settings, workers }, logger, interruption);
      }
      const { searchShard } = await import('./commands/search.js');
      const outcome = await searchShard(settings, workers, logger, interruption);
      interruption.stop();
      return { ...outcome, next: afterShard(folder, config) };
    }),
  );

program
  .command('predict')
  .description('add the probability and the prediction to each row of a file')
  .requiredOption(
    '--input <file>',
    'raw rows, with or without label and ID columns: a file, a folder, a pattern such as "sales/**/*.parquet", or - for standard input',
  )
  .option('--model <name>', 'a model file or an alias (default: the best of the latest run)')
  .option(
    '--output <file>',
    'the file to write; - for standard output; for several files a folder, in which those already scored are kept',
    '-',
  )
  .option(
    '--shard <place/count>',
    'which share of several files to score, such as 3/16: every 16th file',
    shardOption,
  )
  .addOption(
    choiceOption(
      '--format <format>',
      'the format of input and output (default: by the name of the input)',
      FORMAT_NAMES,
    ),
  )
  .addOption(inputDelimiter())
  .addOption(inputEncoding())
  .addOption(inputSheet())
  .option(
    '--rejected <file>',
    'the file for rows that cannot be scored (default: <output>.rejected.csv; for several files the folder <output>/_rejected)',
  )
  .option('--explain', 'add the three strongest reasons for each prediction')
  .addOption(rulesOption())
  .option(
    '--escape-formulas',
    "put a ' before CSV cells that a spreadsheet would run as formulas (default: unchanged)",
  )
  .option('--config <file>', 'the configuration, for the folders of runs and registry', DEFAULT_CONFIG)
  .addHelpText(
    'after',
    examples(
      'churn predict --input customers.csv --output scored.csv',
      'churn predict --input customers.jsonl --output scored.jsonl --explain',
      'churn predict --input customers.parquet --output scored.parquet',
      'churn predict --input "sales/**/*.parquet" --output scored --shard 3/16',
      'churn predict --input - --model champion < customers.csv',
    ),
  )
  .action(({ model, config, ...options }) =>
    run(async (logger) => {
      const { input, output } = options;
      refuseJsonBeside(output);
      const { predict } = await import('./commands/predict.js');
      const named = await modelOf(model, config);
      const outcome = await predict({ ...options, model: named }, logger);
      const isFile = input !== STANDARD_STREAM && (await isThere(input));
      const next = afterPredict(input, { model, config }, isFile);
      return output === STANDARD_STREAM ? undefined : { ...outcome, next };
    }),
  );

program
  .command('explain')
  .description('explain the predictions for single rows')
  .requiredOption('--input <file>', 'raw rows; - for standard input')
  .option('--model <name>', 'a model file or an alias (default: the best of the latest run)')
  .addOption(
    choiceOption('--format <format>', 'the format of the input (default: by its name)', FORMAT_NAMES),
  )
  .addOption(inputDelimiter())
  .addOption(inputEncoding())
  .addOption(inputSheet())
  .option(
    '--row <number...>',
    'which rows, counted from 1 without the header, as in the output (default: the three with the highest probability)',
    counts,
  )
  .option('--top <number>', 'the number of reasons', countFromOne, 5)
  .option('--interactions', 'show which pairs of columns interact most; for tree models')
  .addOption(counterfactualsOption())
  .addOption(seenDataOption())
  .option('--target <number>', 'with --counterfactuals: the value to reach', finiteNumber)
  .option('--config <file>', 'the configuration, for the folders of runs and registry', DEFAULT_CONFIG)
  .addHelpText(
    'after',
    examples(
      'churn explain --input customers.csv',
      'churn explain --input customers.csv --row 7',
      'churn explain --input customers.csv --row 7 --counterfactuals',
    ),
  )
  .action(({ model, config, counterfactuals: count, data, target, ...options }, command: Command) =>
    run(async (logger) => {
      const { explain } = await import('./commands/explain.js');
      const named = await modelOf(model, config);
      const isNamed = command.getOptionValueSource('config') !== 'default';
      const counterfactuals = await counterfactualsOf(config, { isNamed, model: named, count, data, target });
      const outcome = await explain({ ...options, counterfactuals, rows: options.row, model: named }, logger);
      const isFile = options.input !== STANDARD_STREAM;
      const next = isFile ? afterExplain(options.input, { model, config }, count !== undefined) : [];
      return { ...outcome, next };
    }),
  );

program
  .command('campaign')
  .description('list the customers worth contacting, the best first, with the expected profit of each')
  .requiredOption('--input <file>', 'customers, with or without label and ID columns')
  .requiredOption(
    '--output <file>',
    'the file for the list, in the format of the input; - for standard output',
  )
  .option('--page <file>', 'write an HTML page with the profit by list length')
  .option('--model <name>', 'a model file or an alias (default: the best of the latest run)')
  .option('--scores <column>', 'the column with the probability of churn, instead of a model')
  .option('--value <amount>', 'the value of a customer who is kept: a number or a column')
  .option('--contact <amount>', 'the cost of contacting a customer: a number or a column')
  .option('--offer <amount>', 'the cost of the offer if it is accepted: a number or a column')
  .option('--acceptance <share>', 'the share of churners who accept it: a number or a column')
  .option('--capacity <number>', 'the most customers that can be contacted', integer)
  .option('--budget <amount>', 'the most that contacts and offers may cost', aboveZero)
  .option('--currency <code>', 'the currency of all amounts, such as EUR')
  .option(
    '--uplift <column>',
    'the column with the uplift of each customer, to list by (default: that of the model, if it has one)',
  )
  .option('--no-uplift', 'list by churn probability, even if the model has uplift')
  .option(
    '--id <column>',
    'the columns that identify customers on the page (default: data.uniqueBy, else the line)',
  )
  .option('--no-explain', 'leave out the reasons for each customer')
  .addOption(counterfactualsOption())
  .addOption(seenDataOption())
  .addOption(
    choiceOption(
      '--format <format>',
      'the format of input and list (default: by the name of the input)',
      FORMAT_NAMES,
    ),
  )
  .addOption(inputDelimiter())
  .addOption(inputEncoding())
  .addOption(inputSheet())
  .option(
    '--escape-formulas',
    "put a ' before CSV cells that a spreadsheet would run as formulas (default: unchanged)",
  )
  .option(
    '--config <file>',
    'the configuration, with the defaults of threshold.profit and currency',
    DEFAULT_CONFIG,
  )
  .addHelpText(
    'after',
    examples(
      'churn campaign --input customers.csv --output campaign.csv --page campaign.html',
      'churn campaign --input customers.csv --output campaign.csv --capacity 500 --counterfactuals',
      'churn campaign --input customers.csv --output campaign.csv --value clv --contact 1 --offer 20 --acceptance 0.3 --capacity 500',
      'churn campaign --input scored.csv --scores churn_probability --output campaign.csv --value 400 --contact 1 --offer 20 --acceptance 0.3 --budget 5000',
    ),
  )
  .action(({ model, config, counterfactuals: count, data, ...options }, command: Command) =>
    run(async (logger) => {
      refuseJsonBeside(options.output);
      if (model !== undefined && options.scores !== undefined)
        command.error('error: expected one of --model and --scores, got both');
      const isNamed = command.getOptionValueSource('config') !== 'default';
      const settings = isNamed || (await isThere(config)) ? await loadConfig(config) : undefined;
      const { campaign } = await import('./commands/campaign.js');
      const named = options.scores === undefined ? await modelOf(model, config) : undefined;
      const counterfactuals = await counterfactualsOf(config, { isNamed, model: named, count, data });
      const outcome = await campaign({ ...options, counterfactuals, model: named }, settings, logger);
      return beside(options.output, outcome);
    }),
  );

program
  .command('export')
  .description('export a model to a form that scores without this program')
  .addOption(choiceOption('--to <form>', 'the target', EXPORT_FORMS).makeOptionMandatory())
  .requiredOption('--output <file>', 'the file to write; - for standard output')
  .option('--model <name>', 'a model file or an alias (default: the best of the latest run)')
  .option('--distil', 'export a small model distilled from this one, and show how much worse it is')
  .option('--data <file>', 'with --distil: rows like those of training, preferably with labels')
  .option('--dialect <name>', 'for SQL: the database')
  .option('--from <table>', 'for SQL: the table of raw rows, quoted as the database needs it')
  .option('--view <name>', 'for SQL: the view to create (default: a query)')
  .addOption(choiceOption('--only <part>', 'for ONNX: leave out the steps before the model', ['model']))
  .option('--config <file>', 'the configuration, for the folders of runs and registry', DEFAULT_CONFIG)
  .addHelpText(
    'after',
    examples(
      'churn export --to js --output model.js',
      'churn export --to sql --dialect duckdb --from customers --view scored --output view.sql',
      'churn export --to js --model champion --output small.js --distil --data BankChurners.csv',
    ),
  )
  .action(({ model, config, ...options }) =>
    run(async () => {
      refuseJsonBeside(options.output);
      const { exportModel } = await import('./commands/export.js');
      return beside(options.output, await exportModel({ ...options, model: await modelOf(model, config) }));
    }),
  );

program
  .command('eda')
  .description('profile the data, with figures and an HTML page')
  .option('--config <file>', 'the configuration', DEFAULT_CONFIG)
  .option('--data <file>', 'the file to profile, instead of that of the configuration')
  .option('--out <folder>', 'the output folder, instead of that of the configuration')
  .addHelpText('after', examples('churn eda', 'churn eda --data BankChurners.csv --out outputs/kaggle'))
  .action(({ config, ...overrides }) =>
    run(async (logger) => {
      await discardRunsOnSignals();
      const { eda } = await import('./commands/eda.js');
      const outcome = await eda(await loadConfig(config, overrides), logger);
      return { ...outcome, next: afterEda(config) };
    }),
  );

program
  .command('validate')
  .description('check a file against the declared columns, and list all violations')
  .option('--data <file>', 'the file to check, instead of that of the configuration')
  .option('--config <file>', 'the configuration', DEFAULT_CONFIG)
  .addHelpText('after', examples('churn validate --data BankChurners.csv'))
  .action(({ data, config }) =>
    run(async () => {
      const { validate } = await import('./commands/validate.js');
      return validate(await loadConfig(config, { data }));
    }),
  );

program
  .command('doctor')
  .description('check this machine and project: what is missing, and what to do about it')
  .option('--config <file>', 'the configuration', DEFAULT_CONFIG)
  .addHelpText(
    'after',
    `${examples('churn doctor', 'churn doctor --config project/config/churn.yaml')}\n\nThe exit code is 1 if a check fails; warnings do not matter to everybody.`,
  )
  .action(({ config }) =>
    run(async () => {
      const { doctor } = await import('./commands/doctor.js');
      const { isWell, ...outcome } = await doctor(config);
      if (!isWell) process.exitCode = 1;
      return outcome;
    }),
  );

program
  .command('models')
  .description('list the models a configuration can name, or the parameters of one')
  .argument('[type]', 'a model, such as SVC')
  .addHelpText('after', examples('churn models', 'churn models GradientBoostingClassifier'))
  .action((type: string | undefined) =>
    run(async () => {
      const { listModels } = await import('./commands/models.js');
      return listModels(type);
    }),
  );

program
  .command('init')
  .description(
    'write the configuration of a new business case from its data file, and show how each column was read',
  )
  .option('--data <file>', 'the data file')
  .option('--interactive', 'ask for what the other options leave open')
  .option('--target <column>', 'the column to predict, for classification')
  .option('--value <column>', 'the column to predict, for regression, instead of --target')
  .option('--duration <column>', 'the column of times to an event, for survival, instead of --target')
  .option('--event <column>', 'with --duration: the column that says whether the event occurred')
  .option(
    '--horizon <time>',
    'the time within which to predict the event, in the unit of the durations',
    aboveZero,
  )
  .option(
    '--positive <label>',
    'the positive label (default: the yes of yes and no, or the rarer of two; with more, all are predicted)',
  )
  .option('--out <folder>', "the new project's folder", '.')
  .option('--delimiter <character>', 'the CSV delimiter (default: detected from the header)', delimiterOption)
  .option('--encoding <name>', 'the encoding of CSV that is not UTF-8, such as windows-1252')
  .option('--sheet <name>', 'the sheet of an Excel workbook (default: the first)')
  .addHelpText(
    'after',
    examples(
      'churn init --data loans.csv --target defaulted --positive yes --out loans',
      'churn init --data customers.csv --value yearly_spend --out value',
      'churn init --interactive',
    ),
  )
  .action(({ interactive = false, ...options }, command: Command) =>
    run(async () => {
      const { askInit, init } = await import('./commands/init.js');
      if (interactive) return init(await askInit(options));
      if (options.data === undefined) command.error("error: required option '--data <file>' not specified");
      return init(options);
    }),
  );

const runs = program
  .command('runs')
  .description('list, show, compare and remove training runs')
  .hook('preSubcommand', refuseUnknown);

runs
  .command('list', { isDefault: true })
  .description('list training runs, the newest first')
  .addOption(runsConfig())
  .addHelpText('after', examples('churn runs', 'churn runs show latest'))
  .action(({ config }) =>
    run(async () => {
      const { listRuns } = await import('./commands/runs.js');
      const outcome = await listRuns(await loadConfig(config));
      return { ...outcome, next: afterRuns(outcome.figures.runs, config) };
    }),
  );

runs
  .command('show')
  .description('show the data, settings and metrics of a run')
  .argument('<run>', RUN)
  .addOption(runsConfig())
  .addHelpText('after', examples('churn runs show latest', 'churn runs show 2026-11-27T15-56-05Z --json'))
  .action((text: string, { config }) =>
    run(async () => {
      const { showRun } = await import('./commands/runs.js');
      const outcome = await showRun(await loadConfig(config), text);
      return { ...outcome, next: afterRun(outcome.figures.id, config) };
    }),
  );

runs
  .command('compare')
  .description('show which settings of two runs differ, and whether their metrics differ significantly')
  .argument('<run>', RUN)
  .argument('<other-run>', RUN)
  .option('--out <file>', 'write an HTML page with the curves of both')
  .addOption(runsConfig())
  .addHelpText(
    'after',
    examples(
      'churn runs compare champion latest',
      'churn runs compare 2026-11-27 latest --out compared.html',
    ),
  )
  .action((named: string, other: string, { config, ...options }) =>
    run(async () => {
      const { compareRuns } = await import('./commands/compare-runs.js');
      return compareRuns(await loadConfig(config), [named, other], options);
    }),
  );

runs
  .command('clean')
  .description('remove failed runs, and with --keep or --older-than complete ones that no alias points to')
  .option('--keep <number>', 'the number of newest runs to keep', integer)
  .option('--older-than <duration>', 'remove only runs that began longer ago, such as 12h or 30d', duration)
  .option('--dry-run', 'show what would be removed')
  .addOption(runsConfig())
  .addHelpText('after', examples('churn runs clean', 'churn runs clean --keep 10 --older-than 30d --dry-run'))
  .action(({ config, ...options }) =>
    run(async () => {
      const { cleanRuns } = await import('./commands/clean-runs.js');
      return cleanRuns(await loadConfig(config), options);
    }),
  );

runs
  .command('sync')
  .description('send runs and aliases to MLflow that it does not have')
  .addOption(runsConfig())
  .addHelpText('after', examples('churn runs sync', 'MLFLOW_TRACKING_TOKEN=… churn runs sync'))
  .action(({ config }) =>
    run(async () => {
      const { sendRuns } = await import('./commands/sync-runs.js');
      return sendRuns(await loadConfig(config));
    }),
  );

program
  .command('serve')
  .description('score rows over HTTP, with a page to try it at /')
  .option('--model <name>', 'a model file or an alias (default: the best of the latest run)')
  .option('--shadow <name>', 'a model file or an alias that scores each row as well, after the response')
  .option('--host <address>', 'the address to listen on', '127.0.0.1')
  .option('--port <number>', 'the port; 0 for a free one', numberUpTo(65_535), 3000)
  .option(
    '--model-name <name>',
    'the name of the model in the Open Inference Protocol (default: what it predicts)',
    modelNameOption,
  )
  .option('--api-key-env <name>', 'the environment variable with the key that requests to /v1 must send')
  .addOption(rulesOption())
  .option('--max-rows <number>', 'the most rows per request', countFromOne, 10_000)
  .option('--log-predictions <folder>', 'log predictions, and accept their outcomes')
  .addOption(counterfactualsOption())
  .addOption(seenDataOption())
  .option('--config <file>', 'the configuration, for the folders of runs and registry', DEFAULT_CONFIG)
  .addHelpText(
    'after',
    examples(
      'churn serve',
      'churn serve --model champion --shadow challenger',
      'CHURN_KEY=secret churn serve --host 0.0.0.0 --port 8080 --api-key-env CHURN_KEY',
      'churn serve --log-predictions outputs/log',
      'curl -H "content-type: text/csv" --data-binary @customers.csv localhost:3000/v1/predict',
    ),
  )
  .action(
    ({ model, shadow, config, logPredictions, counterfactuals: count, data, ...options }, command: Command) =>
      run(async (logger) => {
        const { serve } = await import('./commands/serve.js');
        const { predictionLogOf } = await import('./config/live-monitoring.js');
        const { monitorSettings } = await import('./config/monitor-settings.js');
        const served = await modelOf(model, config);
        const challenger = shadow === undefined ? undefined : await modelOf(shadow, config);
        const isNamed = command.getOptionValueSource('config') !== 'default';
        const { monitoring } = await monitorSettings(config, { isNamed });
        const log = predictionLogOf(monitoring.log, logPredictions);
        const counterfactuals = await counterfactualsOf(config, { isNamed, model: served, count, data });
        const settings = { ...options, model: served, shadow: challenger, counterfactuals };
        // Standard output is for programs: people read the log.
        const onListening = isJsonOutput() ? printOutcome : undefined;
        await serve({ ...settings, monitoring: { ...monitoring, log } }, logger, onListening);
        return undefined;
      }),
  );

program
  .command('promote')
  .description('point an alias to a model of a run, if it passes the gate of the configuration')
  .argument('<run>', 'its ID, the beginning of one, or latest')
  .requiredOption('--as <alias>', 'the alias, such as champion')
  .option('--model <name>', 'a model of the run (default: the best)')
  .option('--why <text>', 'the reason, for the history')
  .option('--force', 'promote it even if it fails the gate')
  .addOption(registryConfig())
  .addHelpText(
    'after',
    `${examples(
      'churn promote latest --as champion',
      'churn promote 2026-11-27T15 --as challenger --model forest --why "fewer false alarms"',
    )}\n\nThe exit code is 2 where the gate refuses the model.`,
  )
  .action((text: string, { config, ...options }) =>
    run(async (logger) => {
      const { promote } = await import('./commands/promote.js');
      const settings = await loadConfig(config);
      const { isRefused, ...outcome } = await promote(text, options, settings);
      if (isRefused) {
        process.exitCode = 2;
        if (isJsonOutput()) return outcome;
        logger.error(outcome.text);
        return undefined;
      }
      await followAlias(settings, options.as, logger);
      return { ...outcome, next: afterPromote(options.as, config) };
    }),
  );

program
  .command('rollback')
  .description('point an alias back to its previous model')
  .argument('<alias>', 'such as champion')
  .option('--why <text>', 'the reason, for the history')
  .addOption(registryConfig())
  .addHelpText('after', examples('churn rollback champion --why "too many false alarms"'))
  .action((alias: string, { config, ...options }) =>
    run(async (logger) => {
      const { rollback } = await import('./commands/promote.js');
      const settings = await loadConfig(config);
      const outcome = await rollback(alias, options, settings);
      await followAlias(settings, alias, logger);
      return outcome;
    }),
  );

program
  .command('registry')
  .description('show the aliases, and who changed them, when and why')
  .addOption(registryConfig())
  .addHelpText('after', examples('churn registry', 'churn registry --json'))
  .action(({ config }) =>
    run(async () => {
      const { showRegistry } = await import('./commands/registry.js');
      return showRegistry(await loadConfig(config));
    }),
  );

program
  .command('card')
  .description('print the model card as Markdown: intended use, data, metrics and limitations')
  .argument('<name>', 'an alias, the ID of a run, the beginning of one, or latest')
  .option('--model <name>', 'a model of the run (default: the best)')
  .addOption(registryConfig())
  .addHelpText('after', examples('churn card champion > README.md', 'churn card latest'))
  .action((name: string, { config, ...options }) =>
    run(async () => {
      const { card } = await import('./commands/card.js');
      return card(name, options, await loadConfig(config));
    }),
  );

program
  .command('import')
  .description('turn trees trained by LightGBM, XGBoost, CatBoost or scikit-learn into a model file')
  .argument(
    '<file>',
    "the text of LightGBM's save_model, or the JSON of XGBoost's or of CatBoost's (format='json'), or trees as ONNX",
  )
  .addOption(choiceOption('--from <library>', 'which library wrote it (default: by its content)', LIBRARIES))
  .option(
    '--data <file>',
    'labelled held-out rows, for the threshold of the model, test metrics and monitoring',
  )
  .option('--config <file>', 'the configuration with the target and the threshold rule', DEFAULT_CONFIG)
  .option('--output <file>', 'the model file', 'imported.model.json')
  .option('--classes <labels...>', "the labels of the target, in the order of the model's codes")
  .option('--features <names...>', 'the columns in the order of the model, if it was trained without names')
  .option(
    '--levels <file>',
    'JSON with the levels of each category in the order of its codes, if the model lacks their names',
  )
  .addHelpText(
    'after',
    `${examples(
      'churn import model.txt --data labelled.csv',
      'churn import booster.json --data labelled.csv --config config/tariffs.yaml --output booster.model.json',
    )}\n\nWithout --data the model predicts the more probable class, has no reference for monitoring, and its columns have the kinds that its trees reveal.`,
  )
  .action((file: string, { config, data, ...settings }) =>
    run(async (logger) => {
      const { importModel } = await import('./commands/import.js');
      const given = data === undefined ? undefined : await loadConfig(config, { data });
      const outcome = await importModel(file, settings, given, logger);
      return { ...outcome, next: afterImport(settings.output, data) };
    }),
  );

program
  .command('monitor')
  .description('report drift from the training data, and how well the model performs on new rows')
  .requiredOption('--input <file>', 'new rows, as they are scored; - for standard input')
  .option('--model <file>', 'a model file (default: the best of the latest run)')
  .option(
    '--labels <file>',
    'the labels of the rows (or values, or durations), in the same order or joined by --id',
  )
  .option('--id <column...>', 'the columns to join rows and labels by')
  .option('--reference <file>', 'rows to compare with (default: the training data)')
  .option('--date <column>', 'the column of dates that divides rows into windows')
  .addOption(choiceOption('--window <length>', 'the length of a window', WINDOWS))
  .option(
    '--scored',
    "take the model's predictions from the input, as predict or the log of serve wrote them",
  )
  .addOption(
    choiceOption('--format <format>', 'the format of the input (default: by its name)', FORMAT_NAMES),
  )
  .addOption(inputDelimiter())
  .addOption(inputEncoding())
  .addOption(inputSheet())
  .option('--out <folder>', 'the output folder, instead of that of the configuration')
  .option('--config <file>', 'the configuration with the thresholds', DEFAULT_CONFIG)
  .addHelpText(
    'after',
    `${examples(
      'churn monitor --input november.csv',
      'churn monitor --input november.csv --labels outcomes.csv --id customer',
      'churn monitor --input november.parquet --reference october.parquet --json',
    )}\n\nExit codes: 0 without alerts, 2 with an alert, 1 after an error.`,
  )
  .action(({ model, config, id, date, window, out, ...options }, command: Command) =>
    run(async (logger) => {
      await discardRunsOnSignals();
      const { monitor } = await import('./commands/monitor.js');
      const { isFolder } = await import('./serve/log/log-records.js');
      const { monitorSettings } = await import('./config/monitor-settings.js');
      const named = await modelOf(model, config);
      const settings = await monitorSettings(config, {
        isNamed: command.getOptionValueSource('config') === 'cli',
        ...{ id, date, window, out },
        hasLabels: options.labels !== undefined || isFolder(options.input),
      });
      const { isAlert, ...outcome } = await monitor({ ...options, model: named }, settings, logger);
      if (isAlert) process.exitCode = 2;
      return outcome;
    }),
  );

// Whoever reads the output may stop early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

// If the output is closed, the work continues all the same.
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

if (process.argv[2] === 'complete') {
  const { complete } = await import('./terminal/completion.js');
  await complete(program, process.argv.slice(3));
} else {
  // For the help alone: no other command needs the library.
  program
    .command('complete')
    .description(
      'print the script that completes commands, options and values: bash, zsh, fish or powershell',
    )
    .argument('<shell>', 'such as bash');
  await program.parseAsync();
}

/** Runs a command and shows what it did; an error ends it with one message, in the log as well, and exit code 1. */
async function run(command: (logger: Logger) => Promise<Outcome | undefined>): Promise<void> {
  const { closeLogger, createLogger, errorCode, errorText } = await import('./terminal/logger.js');
  const logger = createLogger();
  try {
    const outcome = await command(logger);
    if (outcome) printOutcome(outcome);
  } catch (error) {
    process.exitCode = 1;
    logger.error(inTermsOf(running, errorText(error)), { code: errorCode(error) });
  } finally {
    await closeLogger(logger);
  }
}

/** The text of an error, naming the option or the key of the configuration in which a command takes what it is about. */
function inTermsOf(command: Command, text: string): string {
  const hasOption = command.options.some(({ long }) => long === '--encoding');
  return text.replaceAll(
    'set the option encoding to',
    hasOption ? 'set --encoding to' : 'set data.encoding to',
  );
}

/** Shows what a command did on standard output. */
function printOutcome(outcome: Outcome): void {
  const { isTTY = false } = process.stdout;
  const text = isJsonOutput() ? outcomeJson(nameOf(running), outcome) : outcomeText(outcome, isTTY);
  process.stdout.write(`${text}\n`);
}

/** Refuses JSON where the result itself goes to standard output. */
function refuseJsonBeside(output: string): void {
  if (output !== STANDARD_STREAM || !isJsonOutput()) return;
  throw new ChurnError(
    'invalid-parameter',
    '--json: expected --output FILE, as the result would go to standard output as well',
  );
}

/** The outcome to show; on standard error, where the result went to standard output. */
function beside(output: string, outcome: Outcome): Outcome | undefined {
  if (output !== STANDARD_STREAM) return outcome;
  process.stderr.write(`${outcomeText(outcome, false)}\n`);
  return undefined;
}

/** A command with those above it, as `runs show`. */
function nameOf(command: Command): string {
  return command.parent?.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
}

/** From now on a signal ends the process, and no unfinished run is left. */
async function discardRunsOnSignals(): Promise<Interruption> {
  const { discardRuns } = await import('./runs/run-folder.js');
  return endOnSignals(discardRuns);
}

/** The configuration of a file, with what options say instead. */
async function loadConfig(file: string, overrides: Overrides = {}): Promise<Config> {
  const given = await import('./config/load-config.js');
  const { override } = await import('./config/override.js');
  return override(await given.loadConfig(file), overrides);
}

/** The model that is named by its file or by an alias, or else the best of the last training. */
async function modelOf(model: string | undefined, config: string): Promise<NamedModel> {
  const { namedModel } = await import('./registry/named-model.js');
  return namedModel(model, () => loadConfig(config));
}

/** The settings of counterfactuals; nothing if no number of them was asked for. */
async function counterfactualsOf(
  config: string,
  { count, ...asked }: Omit<AskedCounterfactuals, 'count'> & Partial<Pick<AskedCounterfactuals, 'count'>>,
) {
  if (count === undefined) {
    const [stray] = (['data', 'target'] as const).filter((name) => asked[name] !== undefined);
    if (stray === undefined) return undefined;
    throw new ChurnError('invalid-parameter', `--${stray}: expected --counterfactuals as well, got none`);
  }
  const { counterfactualSettings } = await import('./config/counterfactual-settings.js');
  return counterfactualSettings(config, { ...asked, count });
}

/** Of a group with a default, which would take the name of a command that there is not for an argument. */
function refuseUnknown(group: Command): void {
  const [name] = group.args;
  const known = group.commands.map((command) => command.name());
  if (name === undefined || name.startsWith('-') || known.includes(name)) return;
  const meant = similarName(name, known);
  group.error(
    `error: unknown command '${name}'\n${meant === undefined ? `(expected one of ${known.join(', ')})` : `(Did you mean ${meant}?)`}`,
    { code: 'commander.unknownCommand' },
  );
}

/** An option with one of a few values; a misspelt one gets a suggestion. */
function choiceOption(flags: string, description: string, values: readonly string[]): Option {
  return new Option(flags, description).choices(values).argParser((given: string) => {
    if (values.includes(given)) return given;
    throw new InvalidArgumentError(`expected one of ${values.join(', ')}${didYouMean(given, values) || '.'}`);
  });
}

/** Shared by the commands that train and those that run a shard of a search. */
function dataOption(): Option {
  return new Option('--data <file>', 'the data file, instead of that of the configuration');
}

function counterfactualsOption(): Option {
  return new Option(
    '--counterfactuals [number]',
    'show what would change the decision, in this many ways (default: 3)',
  ).argParser(countFromOne);
}

function seenDataOption(): Option {
  return new Option(
    '--data <file>',
    'with --counterfactuals: rows like those of training (default: the file of the configuration)',
  );
}

function seedOption(): Option {
  return new Option('--seed <number>', 'the seed, instead of that of the configuration').argParser(integer);
}

function presetOption(): Option {
  return choiceOption(
    '--preset <name>',
    'select models automatically with this effort, instead of those listed',
    PRESETS,
  );
}

function timeOption(): Option {
  return new Option('--time <duration>', 'the time limit, such as 90s, 5m or 1h').argParser(duration);
}

function quickOption(): Option {
  return new Option(
    '--quick',
    'a shorter search: for models: auto the preset fast with three folds, for listed models the first value of each parameter',
  );
}

function threadsOption(): Option {
  return new Option(
    '--threads <number>',
    'the number of parallel fits (default: the number of cores)',
  ).argParser(countFromOne);
}

function rulesOption(): Option {
  return choiceOption(
    '--rules <mode>',
    'how to treat rows that violate rules of the configuration',
    RULES_MODES,
  ).default('warn');
}

/** Has MLflow's alias follow ours, where runs are sent there. */
async function followAlias(config: Config, alias: string, logger: Logger): Promise<void> {
  const { syncAlias } = await import('./tracking/track-runs.js');
  await syncAlias(config, alias, logger);
}

function registryConfig(): Option {
  return new Option('--config <file>', 'the configuration, for the folders of runs and registry').default(
    DEFAULT_CONFIG,
  );
}

function runsConfig(): Option {
  return new Option('--config <file>', 'the configuration, for the folder of runs').default(DEFAULT_CONFIG);
}

/** How the rows to be scored are written, in commands that read them. */
function inputDelimiter(): Option {
  return new Option('--delimiter <character>', 'the CSV delimiter (default: as in training)').argParser(
    delimiterOption,
  );
}

function inputEncoding(): Option {
  return new Option(
    '--encoding <name>',
    'the encoding of CSV that is not UTF-8, such as windows-1252 (default: as in training)',
  );
}

function inputSheet(): Option {
  return new Option('--sheet <name>', 'the sheet of an Excel workbook (default: the first)');
}

function integer(text: string): number {
  return integerFrom(0, text);
}

function integerFrom(least: number, text: string): number {
  if (/^\d{1,15}$/.test(text) && Number(text) >= least) return Number(text);
  throw new InvalidArgumentError(`expected an integer of at least ${least}.`);
}

function workersOption(text: string): Workers {
  if (isRedisAddress(text)) return { redis: text };
  if (/^\d{1,4}$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError(
    'expected an integer of at least 1, or an address such as redis://host:6379.',
  );
}

function redisOption(text: string): string {
  if (isRedisAddress(text)) return text;
  throw new InvalidArgumentError('expected an address such as redis://host:6379.');
}

function aboveZero(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value < Infinity) return value;
  throw new InvalidArgumentError('expected a number above 0.');
}

function finiteNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('expected a number.');
}

function countFromOne(text: string): number {
  return integerFrom(1, text);
}

function numberUpTo(most: number): (text: string) => number {
  return (text) => {
    if (!/^\d{1,15}$/.test(text) || Number(text) > most) {
      throw new InvalidArgumentError(`expected an integer from 0 to ${most}.`);
    }
    return Number(text);
  };
}

function duration(text: string): number {
  const seconds = secondsOf(text);
  if (seconds === undefined) throw new InvalidArgumentError(`expected ${EXPECTED_DURATION}.`);
  return seconds;
}

function shardOption(text: string): Shard {
  const shard = parseShard(text);
  if (shard === undefined) {
    throw new InvalidArgumentError(
      'expected a shard such as 3/16: its number, from 0 or from 1, and how many there are.',
    );
  }
  return shard;
}

function modelNameOption(text: string): string {
  if (!/^[\w.-]{1,100}$/.test(text)) {
    throw new InvalidArgumentError('expected at most 100 letters, digits, ".", "_" and "-".');
  }
  return text;
}

function delimiterOption(text: string): string {
  if (!DELIMITER.test(text)) throw new InvalidArgumentError('expected a character such as "," or ";".');
  return text;
}

function counts(text: string, before: readonly number[] = []): number[] {
  return [...before, countFromOne(text)];
}

function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;
}
