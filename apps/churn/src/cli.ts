import { ChurnError, similarName, visibleLines } from '@churn/core';
import { Command, InvalidArgumentError, Option } from 'commander';
import { version } from '../package.json';
import { type Config, DELIMITER, loadConfig, quickConfig } from './config/config.js';
import { counterfactualSettings } from './config/counterfactual-settings.js';
import { EXPECTED_DURATION, secondsOf } from './config/duration.js';
import { predictionLogOf } from './config/live-monitoring.js';
import { monitorSettings } from './config/monitor-settings.js';
import { WINDOWS } from './config/monitoring.js';
import { PRESETS, type Preset } from './config/preset.js';
import { isRedisAddress, type Workers } from './config/workers.js';
import { EXPORT_FORMS } from './exporting/forms.js';
import { LIBRARIES } from './importing/libraries.js';
import { FORMAT_NAMES } from './input.js';
import { type NamedModel, namedModel } from './registry/named-model.js';
import { isThere } from './runs/is-there.js';
import { discardRuns } from './runs/run-folder.js';
import { STANDARD_STREAM } from './scoring/output.js';
import { RULES_MODES } from './scoring/reject-broken.js';
import { parseShard, type Shard } from './scoring/shard.js';
import { endOnSignals } from './terminal/interruption.js';
import { closeLogger, createLogger, errorText, type Logger } from './terminal/logger.js';
import { print } from './terminal/print.js';

const DEFAULT_CONFIG = 'config/churn.yaml';

/** What a run is named by. */
const RUN = 'the ID of a run, the beginning of one, latest, or an alias';

const program = new Command('churn')
  .description('Trains a churn model from a file of customers, and scores others with it.')
  .version(version)
  .showHelpAfterError('(--help tells the options)')
  .configureOutput({ writeErr: (text) => process.stderr.write(visibleLines(text)) });

program
  .command('train')
  .description('train the models of a configuration, and write them with their metrics')
  .option('--config <file>', 'the configuration', DEFAULT_CONFIG)
  .addOption(dataOption())
  .option('--out <folder>', 'where results go, instead of the folder of the configuration')
  .addOption(seedOption())
  .addOption(presetOption())
  .addOption(timeOption())
  .addOption(quickOption())
  .option('--no-images', 'write no figures')
  .option(
    '--workers <where>',
    'a number of threads, or the Redis where workers are: redis://host:6379',
    workersOption,
  )
  .option(
    '--share <where>',
    'with workers at Redis: the folder, or s3://bucket/prefix, for the rows instead of Redis',
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
      const interruption = endOnSignals(discardRuns);
      const settings = override(await loadConfig(config), overrides);
      logger.level = settings.logLevel;
      const { train } = await import('./commands/train.js');
      print(await train(settings, logger, interruption));
    }),
  );

program
  .command('worker')
  .description('fit models for trainings on other machines, which it meets at Redis')
  .requiredOption('--redis <address>', 'such as redis://host:6379, or rediss:// with TLS', redisOption)
  .addOption(threadsOption())
  .option('--share <where>', 'the folder, or s3://bucket/prefix, for the rows, as the trainings have it')
  .addHelpText('after', examples('churn worker --redis redis://queue:6379 --threads 4'))
  .action((options) =>
    run(async (logger) => {
      const { work } = await import('./commands/worker.js');
      print(await work(options, logger));
    }),
  );

program
  .command('search')
  .description('do a share of the search of a training, beside others who see the same folder')
  .requiredOption('--folder <folder>', 'what all see: pieces and their results')
  .option(
    '--shard <i/n>',
    'which of how many shares, such as 3/16; any of them may be missing or come later',
    shardOption,
  )
  .option(
    '--apart',
    'with --shard: the others do not see the folder; do a fixed share, and leave the rest to --join',
  )
  .option('--join', 'finish the search, and train with what was found')
  .addOption(threadsOption())
  .option('--config <file>', 'the configuration', DEFAULT_CONFIG)
  .addOption(dataOption())
  .option('--out <folder>', 'with --join: where results go, instead of the folder of the configuration')
  .addOption(seedOption())
  .addOption(presetOption())
  .addOption(timeOption())
  .addOption(quickOption())
  .option('--no-images', 'with --join: write no figures')
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
        command.error('error: expected one of --shard and --join');
      const interruption = endOnSignals(discardRuns);
      const settings = override(await loadConfig(config), overrides);
      logger.level = settings.logLevel;
      const { place, count }: Shard = shard ?? { place: 0, count: 1 };
      const workers = { folder, shard: place, shards: count, threads, apart: apart && !join };
      if (join) {
        const { train } = await import('./commands/train.js');
        print(await train({ ...settings, workers }, logger, interruption));
      } else {
        const { searchShard } = await import('./commands/search.js');
        print(await searchShard(settings, workers, logger, interruption));
        interruption.stop();
      }
    }),
  );

program
  .command('predict')
  .description('add the probability, and the prediction, to each row of a file')
  .requiredOption(
    '--input <file>',
    'raw rows, without need of label and ID columns: a file, a folder, a pattern such as "sales/**/*.parquet", or - for standard input',
  )
  .option('--model <name>', 'a model file or an alias (default: the best of the last training)')
  .option(
    '--output <file>',
    'where the scored rows go; - is standard output; of several files a folder, where those already scored are kept',
    '-',
  )
  .option(
    '--shard <place/count>',
    'the share of several files to score, such as 3/16: every 16th of them',
    shardOption,
  )
  .addOption(
    new Option('--format <format>', 'of input and output (default: by the name of the input)').choices(
      FORMAT_NAMES,
    ),
  )
  .addOption(inputDelimiter())
  .addOption(inputEncoding())
  .addOption(inputSheet())
  .option(
    '--rejected <file>',
    'where rows that cannot be scored go (default: <output>.rejected.csv; of several files the folder <output>/_rejected)',
  )
  .option('--explain', 'add the three strongest reasons of each row')
  .addOption(rulesOption())
  .option(
    '--escape-formulas',
    "put a ' before cells of CSV that a spreadsheet would run (default: as they came)",
  )
  .option(
    '--config <file>',
    'the configuration that tells where the last training and the registry are',
    DEFAULT_CONFIG,
  )
  .addHelpText(
    'after',
    examples(
      'churn predict --input customers.csv --output scored.csv',
      'churn predict --input customers.jsonl --output scored.jsonl --explain',
      'churn predict --input customers.parquet --output scored.parquet',
      'churn predict --input "sales/**/*.parquet" --output scored --shard 3/16',
      'churn predict --input - --model outputs/latest/models/ensemble.model.json < customers.csv',
    ),
  )
  .action(({ model, config, ...options }) =>
    run(async (logger) => {
      const { predict } = await import('./commands/predict.js');
      const named = await modelOf(model, config);
      const summary = await predict({ ...options, model: named }, logger);
      if (options.output !== STANDARD_STREAM) print(summary);
    }),
  );

program
  .command('explain')
  .description('explain the predictions for rows')
  .requiredOption('--input <file>', 'raw rows; - is standard input')
  .option('--model <name>', 'a model file or an alias (default: the best of the last training)')
  .addOption(new Option('--format <format>', 'of the input (default: by its name)').choices(FORMAT_NAMES))
  .addOption(inputDelimiter())
  .addOption(inputEncoding())
  .addOption(inputSheet())
  .option(
    '--row <number...>',
    'which rows, counted from 1 (default: the three of the highest probability)',
    wholeNumbers,
  )
  .option('--top <number>', 'how many reasons', countFromOne, 5)
  .option('--interactions', 'tell which pairs of columns add the most together; for models of trees')
  .addOption(counterfactualsOption())
  .addOption(seenDataOption())
  .option('--target <number>', 'of --counterfactuals: the value to be reached', finiteNumber)
  .option(
    '--config <file>',
    'the configuration that tells where the last training and the registry are',
    DEFAULT_CONFIG,
  )
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
      const counterfactuals =
        count === undefined
          ? undefined
          : await counterfactualSettings(config, { isNamed, count, data, target });
      print(await explain({ ...options, counterfactuals, rows: options.row, model: named }, logger));
    }),
  );

program
  .command('campaign')
  .description(
    'list the customers whom it pays to contact, the best first, with what each is expected to bring',
  )
  .requiredOption('--input <file>', 'customers, without need of label and ID columns')
  .requiredOption('--output <file>', 'where the list goes, in the format of the input; - is standard output')
  .option('--page <file>', 'write a page with the profit by length of the list')
  .option('--model <name>', 'a model file or an alias (default: the best of the last training)')
  .option('--scores <column>', 'the column with the probability of churn, in place of a model')
  .option('--value <amount>', 'what a customer who is kept is worth: a number, or a column')
  .option('--contact <amount>', 'what contacting a customer costs: a number, or a column')
  .option('--offer <amount>', 'what the offer costs where it is taken: a number, or a column')
  .option('--acceptance <share>', 'the share of churners who accept it: a number, or a column')
  .option('--capacity <number>', 'how many customers can be contacted at most', wholeNumber)
  .option('--budget <amount>', 'what contacts and offers may cost at most', aboveZero)
  .option('--currency <code>', 'of all money, such as EUR')
  .option(
    '--uplift <column>',
    'how much likelier contact makes each customer to stay; the list is by that (default: by what the model knows)',
  )
  .option('--no-uplift', 'list by churn, though the model knows whom contact keeps')
  .option('--id <column>', 'by which the page names customers (default: data.uniqueBy, else their lines)')
  .option('--no-explain', 'leave out the reasons of each customer')
  .addOption(counterfactualsOption())
  .addOption(seenDataOption())
  .addOption(
    new Option('--format <format>', 'of input and list (default: by the name of the input)').choices(
      FORMAT_NAMES,
    ),
  )
  .addOption(inputDelimiter())
  .addOption(inputEncoding())
  .addOption(inputSheet())
  .option(
    '--escape-formulas',
    "put a ' before cells of CSV that a spreadsheet would run (default: as they came)",
  )
  .option(
    '--config <file>',
    'the configuration, whose threshold.profit and currency are the default',
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
      if (model !== undefined && options.scores !== undefined)
        command.error('error: expected one of --model and --scores');
      const isNamed = command.getOptionValueSource('config') !== 'default';
      const settings = isNamed || (await isThere(config)) ? await loadConfig(config) : undefined;
      const { campaign } = await import('./commands/campaign.js');
      const named = options.scores === undefined ? await modelOf(model, config) : undefined;
      const counterfactuals =
        count === undefined ? undefined : await counterfactualSettings(config, { isNamed, count, data });
      const summary = await campaign({ ...options, counterfactuals, model: named }, settings, logger);
      if (options.output === STANDARD_STREAM) process.stderr.write(`${summary}\n`);
      else print(summary);
    }),
  );

program
  .command('export')
  .description('write a model in a form that scores without this program')
  .addOption(new Option('--to <form>', 'the form').choices(EXPORT_FORMS).makeOptionMandatory())
  .requiredOption('--output <file>', 'where it goes; - is standard output')
  .option('--model <name>', 'a model file or an alias (default: the best of the last training)')
  .option('--distil', 'write a small model that has learned from this one, and tell how much worse it is')
  .option('--data <file>', 'of --distil: rows like those of training, best with their labels')
  .option('--dialect <name>', 'of SQL: the database')
  .option('--from <table>', 'of SQL: the table of raw rows, as the database writes its name')
  .option('--view <name>', 'of SQL: the view to make; without it a query is written')
  .addOption(new Option('--only <part>', 'of ONNX: leave out the steps before the model').choices(['model']))
  .option(
    '--config <file>',
    'the configuration that tells where the last training and the registry are',
    DEFAULT_CONFIG,
  )
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
      const { exportModel } = await import('./commands/export.js');
      const summary = await exportModel({ ...options, model: await modelOf(model, config) });
      if (options.output === STANDARD_STREAM) process.stderr.write(`${summary}\n`);
      else print(summary);
    }),
  );

program
  .command('eda')
  .description('write what the data looks like: a profile, figures and a page')
  .option('--config <file>', 'the configuration', DEFAULT_CONFIG)
  .option('--data <file>', 'the file to look at, instead of that of the configuration')
  .option('--out <folder>', 'where results go, instead of the folder of the configuration')
  .addHelpText('after', examples('churn eda', 'churn eda --data BankChurners.csv --out outputs/kaggle'))
  .action(({ config, ...overrides }) =>
    run(async (logger) => {
      endOnSignals(discardRuns);
      const { eda } = await import('./commands/eda.js');
      print(await eda(override(await loadConfig(config), overrides), logger));
    }),
  );

program
  .command('validate')
  .description('check a file against the columns that a configuration declares, and tell all violations')
  .option('--data <file>', 'the file to check, instead of that of the configuration')
  .option('--config <file>', 'the configuration', DEFAULT_CONFIG)
  .addHelpText('after', examples('churn validate --data BankChurners.csv'))
  .action(({ data, config }) =>
    run(async () => {
      const { validate } = await import('./commands/validate.js');
      print(await validate(override(await loadConfig(config), { data })));
    }),
  );

program
  .command('models')
  .description('list the models that a configuration can name, or the parameters of one')
  .argument('[type]', 'a model, such as SVC')
  .addHelpText('after', examples('churn models', 'churn models GradientBoostingClassifier'))
  .action((type: string | undefined) =>
    run(async () => {
      const { listModels } = await import('./commands/models.js');
      print(listModels(type));
    }),
  );

program
  .command('init')
  .description(
    'make the configuration of another business case from its data file, and tell what each column is',
  )
  .requiredOption('--data <file>', 'the file to learn from')
  .option('--target <column>', 'the column to predict, of classes')
  .option('--value <column>', 'the column to predict, of numbers, in place of --target')
  .option('--duration <column>', 'the column of times to an event, in place of --target')
  .option('--event <column>', 'the column that says whether the event has come, with --duration')
  .option(
    '--horizon <time>',
    'the time within which the event may come, in the unit of the durations',
    aboveZero,
  )
  .option(
    '--positive <label>',
    'the label to find (default: the yes of yes and no, or the rarer of two; of more, all are told apart)',
  )
  .option('--out <folder>', "the new project's folder", '.')
  .option(
    '--delimiter <character>',
    'what stands between fields of CSV (default: by its header)',
    delimiterOption,
  )
  .option('--encoding <name>', 'of CSV that is not UTF-8, such as windows-1252')
  .option('--sheet <name>', 'of an Excel workbook (default: its first)')
  .option('--json', 'tell what was found as JSON')
  .addHelpText(
    'after',
    examples(
      'churn init --data loans.csv --target defaulted --positive yes --out loans',
      'churn init --data customers.csv --value yearly_spend --out value',
    ),
  )
  .action((options) =>
    run(async () => {
      const { init } = await import('./commands/init.js');
      print(await init(options));
    }),
  );

const runs = program
  .command('runs')
  .description('list, show, compare and remove trainings')
  .hook('preSubcommand', refuseUnknown);

runs
  .command('list', { isDefault: true })
  .description('list the trainings whose results are there, the newest first')
  .option('--json', 'as JSON')
  .addOption(runsConfig())
  .addHelpText('after', examples('churn runs', 'churn runs show latest'))
  .action(({ config, ...options }) =>
    run(async () => {
      const { listRuns } = await import('./commands/runs.js');
      print(await listRuns(await loadConfig(config), options));
    }),
  );

runs
  .command('show')
  .description('tell what a run was made of, and how good its models are')
  .argument('<run>', RUN)
  .option('--json', 'as JSON')
  .addOption(runsConfig())
  .addHelpText('after', examples('churn runs show latest', 'churn runs show 2026-11-27T15-56-05Z --json'))
  .action((text: string, { config, ...options }) =>
    run(async () => {
      const { showRun } = await import('./commands/runs.js');
      print(await showRun(await loadConfig(config), text, options));
    }),
  );

runs
  .command('compare')
  .description('tell what two runs have otherwise, and how certain the difference of their metrics is')
  .argument('<a>', RUN)
  .argument('<b>', RUN)
  .option('--out <file>', 'write a page with the curves of both over each other')
  .option('--json', 'as JSON')
  .addOption(runsConfig())
  .addHelpText(
    'after',
    examples(
      'churn runs compare champion latest',
      'churn runs compare 2026-11-27 latest --out compared.html',
    ),
  )
  .action((a: string, b: string, { config, ...options }) =>
    run(async () => {
      const { compareRuns } = await import('./commands/compare-runs.js');
      print(await compareRuns(await loadConfig(config), [a, b], options));
    }),
  );

runs
  .command('clean')
  .description('remove runs that failed, and with --keep or --older-than complete ones that nothing leads to')
  .option('--keep <number>', 'how many of the newest runs stay', wholeNumber)
  .option('--older-than <duration>', 'remove only what began longer ago, such as 12h or 30d', duration)
  .option('--dry-run', 'tell what would be removed')
  .addOption(runsConfig())
  .addHelpText('after', examples('churn runs clean', 'churn runs clean --keep 10 --older-than 30d --dry-run'))
  .action(({ config, ...options }) =>
    run(async () => {
      const { cleanRuns } = await import('./commands/clean-runs.js');
      print(await cleanRuns(await loadConfig(config), options));
    }),
  );

runs
  .command('sync')
  .description('send to MLflow the runs and aliases that it does not have')
  .addOption(runsConfig())
  .addHelpText('after', examples('churn runs sync', 'MLFLOW_TRACKING_TOKEN=… churn runs sync'))
  .action(({ config }) =>
    run(async () => {
      const { sendRuns } = await import('./commands/sync-runs.js');
      print(await sendRuns(await loadConfig(config)));
    }),
  );

program
  .command('serve')
  .description('score customers over HTTP, with a page to try it at /')
  .option('--model <name>', 'a model file or an alias (default: the best of the last training)')
  .option('--shadow <name>', 'a model file or an alias that scores each row, too, after its answer')
  .option('--host <address>', 'the address to listen on', '127.0.0.1')
  .option('--port <number>', 'the port; 0 takes a free one', numberUpTo(65_535), 3000)
  .option(
    '--model-name <name>',
    'what clients of the Open Inference Protocol call the model (default: what it predicts)',
    modelNameOption,
  )
  .option('--api-key-env <name>', 'the environment variable with a key that requests to /v1 must have')
  .addOption(rulesOption())
  .option('--max-rows <number>', 'the most rows of a request', countFromOne, 10_000)
  .option('--log-predictions <folder>', 'log predictions, and accept their outcomes')
  .addOption(counterfactualsOption())
  .addOption(seenDataOption())
  .option(
    '--config <file>',
    'the configuration that tells where the last training and the registry are',
    DEFAULT_CONFIG,
  )
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
        const named = (name: string | undefined) => namedModel(name, () => loadConfig(config));
        const served = await named(model);
        const challenger = shadow === undefined ? undefined : await named(shadow);
        const isNamed = command.getOptionValueSource('config') !== 'default';
        const { monitoring } = await monitorSettings(config, { isNamed });
        const log = predictionLogOf(monitoring.log, logPredictions);
        const counterfactuals =
          count === undefined ? undefined : await counterfactualSettings(config, { isNamed, count, data });
        const settings = { ...options, model: served, shadow: challenger, counterfactuals };
        await serve({ ...settings, monitoring: { ...monitoring, log } }, logger);
      }),
  );

program
  .command('promote')
  .description('have an alias lead to a model of a run, if the gate of the configuration lets it')
  .argument('<run>', 'its ID, the beginning of one, or latest')
  .requiredOption('--as <alias>', 'the alias, such as champion')
  .option('--model <name>', 'a model of the run (default: the best)')
  .option('--why <text>', 'what the history tells of it')
  .option('--force', 'promote it whatever the gate says')
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
      const { isRefused, text: told } = await promote(text, options, settings);
      if (isRefused) {
        process.exitCode = 2;
        logger.error(told);
        return;
      }
      await followAlias(settings, options.as, logger);
      print(told);
    }),
  );

program
  .command('rollback')
  .description('have an alias lead to the model that it led to before')
  .argument('<alias>', 'such as champion')
  .option('--why <text>', 'what the history tells of it')
  .addOption(registryConfig())
  .addHelpText('after', examples('churn rollback champion --why "too many false alarms"'))
  .action((alias: string, { config, ...options }) =>
    run(async (logger) => {
      const { rollback } = await import('./commands/promote.js');
      const settings = await loadConfig(config);
      const told = await rollback(alias, options, settings);
      await followAlias(settings, alias, logger);
      print(told);
    }),
  );

program
  .command('registry')
  .description('show the aliases, and who had them lead where, when and why')
  .option('--json', 'all of it, for programs')
  .addOption(registryConfig())
  .addHelpText('after', examples('churn registry', 'churn registry --json'))
  .action(({ config, ...options }) =>
    run(async () => {
      const { showRegistry } = await import('./commands/registry.js');
      print(await showRegistry(await loadConfig(config), options));
    }),
  );

program
  .command('card')
  .description('print the card of a model: its use, data, figures and limits, as Markdown')
  .argument('<name>', 'an alias, the ID of a run, the beginning of one, or latest')
  .option('--model <name>', 'a model of the run (default: the best)')
  .addOption(registryConfig())
  .addHelpText('after', examples('churn card champion > README.md', 'churn card latest'))
  .action((name: string, { config, ...options }) =>
    run(async () => {
      const { card } = await import('./commands/card.js');
      print((await card(name, options, await loadConfig(config))).trimEnd());
    }),
  );

program
  .command('import')
  .description('make a model file of trees that LightGBM, XGBoost, CatBoost or scikit-learn has grown')
  .argument(
    '<file>',
    "the text of LightGBM's save_model, or the JSON of XGBoost's or of CatBoost's (format='json'), or trees as ONNX",
  )
  .addOption(
    new Option('--from <library>', 'which library wrote it (default: by its content)').choices(LIBRARIES),
  )
  .option(
    '--data <file>',
    'labelled rows that the model has not seen: for its threshold, test and monitoring',
  )
  .option(
    '--config <file>',
    'the configuration with the target and the rule for the threshold',
    DEFAULT_CONFIG,
  )
  .option('--output <file>', 'the model file', 'imported.model.json')
  .option('--classes <labels...>', "the labels of the target in the order of the model's codes")
  .option(
    '--features <names...>',
    'the columns in the order of the model, where it was trained without names',
  )
  .option(
    '--levels <file>',
    'JSON of the levels of each category in the order of its codes, where the model has no names for them',
  )
  .addHelpText(
    'after',
    `${examples(
      'churn import model.txt --data labelled.csv',
      'churn import booster.json --data labelled.csv --config config/tariffs.yaml --output booster.model.json',
    )}\n\nWithout --data the model calls the likelier class, there is nothing to monitor it by, and columns have the kinds that it knows.`,
  )
  .action((file: string, { config, data, ...settings }) =>
    run(async (logger) => {
      const { importModel } = await import('./commands/import.js');
      const given = data === undefined ? undefined : override(await loadConfig(config), { data });
      print(await importModel(file, settings, given, logger));
    }),
  );

program
  .command('monitor')
  .description('tell how new rows differ from those that a model learned from, and how good it is on them')
  .requiredOption('--input <file>', 'rows as they come to be scored; - is standard input')
  .option('--model <file>', 'a model file (default: the best of the last training)')
  .option(
    '--labels <file>',
    'the labels of the rows, or their values or durations, in their order or joined by --id',
  )
  .option('--id <column...>', 'the columns by which rows and labels are joined')
  .option('--reference <file>', 'rows to compare with (default: those that the model learned from)')
  .option('--date <column>', 'the time of a row, by which the rows are divided into windows')
  .addOption(new Option('--window <length>', 'how long a window is').choices(WINDOWS))
  .option(
    '--scored',
    "take the model's predictions from the input, as predict or the log of serve wrote them",
  )
  .addOption(new Option('--format <format>', 'of the input (default: by its name)').choices(FORMAT_NAMES))
  .addOption(inputDelimiter())
  .addOption(inputEncoding())
  .addOption(inputSheet())
  .option('--out <folder>', 'where results go, instead of the folder of the configuration')
  .option('--json', 'show the report as JSON')
  .option('--config <file>', 'the configuration with the thresholds', DEFAULT_CONFIG)
  .addHelpText(
    'after',
    `${examples(
      'churn monitor --input november.csv',
      'churn monitor --input november.csv --labels outcomes.csv --id customer',
      'churn monitor --input november.parquet --reference october.parquet --json',
    )}\n\nThe exit code is 2 where there is an alert, 0 where there is none and 1 after an error.`,
  )
  .action(({ model, config, id, date, window, out, ...options }, command: Command) =>
    run(async (logger) => {
      endOnSignals(discardRuns);
      const { monitor } = await import('./commands/monitor.js');
      const { isFolder } = await import('./serve/log/log-records.js');
      const named = await namedModel(model, () => loadConfig(config));
      const settings = await monitorSettings(config, {
        isNamed: command.getOptionValueSource('config') === 'cli',
        ...{ id, date, window, out },
        hasLabels: options.labels !== undefined || isFolder(options.input),
      });
      const { text, isAlert } = await monitor({ ...options, model: named }, settings, logger);
      print(text);
      if (isAlert) process.exitCode = 2;
    }),
  );

// Whoever reads the output may stop early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

// Where nobody reads what is told any more, the work goes on all the same.
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

await program.parseAsync();

/** Runs a command; an error ends it with one message, in the log as well, and exit code 1. */
async function run(command: (logger: Logger) => Promise<void>): Promise<void> {
  const logger = createLogger();
  try {
    await command(logger);
  } catch (error) {
    process.exitCode = 1;
    logger.error(errorText(error));
  } finally {
    await closeLogger(logger);
  }
}

interface Overrides {
  readonly data?: string;
  readonly out?: string;
  readonly seed?: number;
  readonly preset?: Preset;
  readonly time?: number;
  readonly quick?: boolean;
  readonly images?: boolean;
  readonly workers?: Workers;
  readonly share?: string;
}

function override(given: Config, overrides: Overrides): Config {
  const { data, out, seed, preset, time, quick, images = true, workers, share } = overrides;
  const found = preset ? { ...given, models: 'auto' as const, preset } : given;
  const config = quick ? quickConfig(found) : found;
  return {
    ...config,
    seed: seed ?? config.seed,
    time: time ?? config.time,
    workers: withShare(workers ?? config.workers, share),
    data: data === undefined ? config.data : { ...config.data, file: data, query: undefined },
    output: {
      ...config.output,
      folder: out ?? config.output.folder,
      images: images && config.output.images,
    },
  };
}

/** @throws `invalid-parameter` where there is a folder for the rows, and no workers that would read them there. */
function withShare(workers: Workers | undefined, share: string | undefined): Workers | undefined {
  if (share === undefined) return workers;
  if (typeof workers === 'object' && 'redis' in workers) return { ...workers, share };
  throw new ChurnError(
    'invalid-parameter',
    '--share: expected workers at Redis, such as --workers redis://host:6379',
  );
}

/** The model that is named by its file or by an alias, or else the best of the last training. */
function modelOf(model: string | undefined, config: string): Promise<NamedModel> {
  return namedModel(model, () => loadConfig(config));
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

/** What trains, and what does a share of a training's search, can be told alike. */
function dataOption(): Option {
  return new Option('--data <file>', 'the file to learn from, instead of that of the configuration');
}

function counterfactualsOption(): Option {
  return new Option(
    '--counterfactuals [number]',
    'tell what would have to be otherwise for another decision, in so many ways (default: 3)',
  ).argParser(countFromOne);
}

function seenDataOption(): Option {
  return new Option(
    '--data <file>',
    'of --counterfactuals: rows like those of training (default: the file of the configuration)',
  );
}

function seedOption(): Option {
  return new Option('--seed <number>', 'the seed, instead of that of the configuration').argParser(
    wholeNumber,
  );
}

function presetOption(): Option {
  return new Option(
    '--preset <name>',
    'find the models, with this much tried, instead of those listed',
  ).choices(PRESETS);
}

function timeOption(): Option {
  return new Option('--time <duration>', 'how long it may take at most, such as 90s, 5m or 1h').argParser(
    duration,
  );
}

function quickOption(): Option {
  return new Option('--quick', 'the preset fast; of listed models only the first value of each parameter');
}

function threadsOption(): Option {
  return new Option(
    '--threads <number>',
    'how many fits at once (default: as many as the machine has cores)',
  ).argParser(countFromOne);
}

function rulesOption(): Option {
  return new Option('--rules <mode>', 'what becomes of rows against the rules of the configuration')
    .choices(RULES_MODES)
    .default('warn');
}

/** Has MLflow's alias follow ours, where runs are sent there. */
async function followAlias(config: Config, alias: string, logger: Logger): Promise<void> {
  const { syncAlias } = await import('./tracking/track-runs.js');
  await syncAlias(config, alias, logger);
}

function registryConfig(): Option {
  return new Option('--config <file>', 'the configuration that tells where runs and registry are').default(
    DEFAULT_CONFIG,
  );
}

function runsConfig(): Option {
  return new Option('--config <file>', 'the configuration that tells where the runs are').default(
    DEFAULT_CONFIG,
  );
}

/** How the rows to be scored are written, in commands that read them. */
function inputDelimiter(): Option {
  return new Option(
    '--delimiter <character>',
    'what stands between fields of CSV (default: as in training)',
  ).argParser(delimiterOption);
}

function inputEncoding(): Option {
  return new Option(
    '--encoding <name>',
    'of CSV that is not UTF-8, such as windows-1252 (default: as in training)',
  );
}

function inputSheet(): Option {
  return new Option('--sheet <name>', 'of an Excel workbook (default: its first)');
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('expected a whole number from 0.');
  return Number(text);
}

function workersOption(text: string): Workers {
  if (isRedisAddress(text)) return { redis: text };
  if (/^\d{1,4}$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('expected a whole number from 1, or an address such as redis://host:6379.');
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
  const number = wholeNumber(text);
  if (number === 0) throw new InvalidArgumentError('expected a whole number from 1.');
  return number;
}

function numberUpTo(most: number): (text: string) => number {
  return (text) => {
    if (!/^\d{1,15}$/.test(text) || Number(text) > most) {
      throw new InvalidArgumentError(`expected a whole number from 0 to ${most}.`);
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
      'expected a share such as 3/16: a number from 0 or from 1, and how many there are.',
    );
  }
  return shard;
}

function modelNameOption(text: string): string {
  if (!/^[\w.-]{1,100}$/.test(text)) {
    throw new InvalidArgumentError('expected up to 100 letters, digits, ".", "_" and "-".');
  }
  return text;
}

function delimiterOption(text: string): string {
  if (!DELIMITER.test(text)) throw new InvalidArgumentError('expected a character such as "," or ";".');
  return text;
}

function wholeNumbers(text: string, before: readonly number[] = []): number[] {
  return [...before, wholeNumber(text)];
}

function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;
}
