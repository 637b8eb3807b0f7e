import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Asker, askCase, type CaseAnswers } from './ask-case.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-ask-'));
  writeFileSync(join(folder, 'd.csv'), '');
});
afterAll(() => rmSync(folder, { recursive: true }));

const columns = new Map([
  ['left', ['yes', 'no', '', 'no']],
  ['spend', Array.from({ length: 30 }, (_, i) => String(i))],
  ['days', ['1', '2']],
]);

/** Answers in this order; a text of several choices is the label of one. */
async function asked(given: CaseAnswers, ...answers: string[]) {
  const questions: string[] = [];
  const initials: unknown[] = [];
  const next = (question: string) => {
    questions.push(question);
    return answers.shift() ?? 'nothing';
  };
  const ask: Asker = {
    async text(question, { check } = {}) {
      const answer = next(question);
      const fault = check?.(answer);
      if (fault !== undefined) throw new Error(fault);
      return answer;
    },
    async choose(question, choices, initial) {
      const answer = next(question);
      initials.push(initial);
      const choice = choices.find(({ label }) => label === answer);
      if (!choice) throw new Error(`${answer} is none of ${choices.map(({ label }) => label).join(', ')}`);
      return choice.value;
    },
  };
  return { found: await askCase(given, ask, async () => columns), questions, initials };
}

it('asks for the file, the target and its positive label', async () => {
  const data = join(folder, 'd.csv');
  const { found, initials } = await asked({}, data, 'left', 'A class', 'yes');
  expect(found).toEqual({ data, target: 'left', positive: 'yes' });
  expect(initials).toContain('target');
  await expect(asked({}, join(folder, 'none.csv'))).rejects.toThrow('There is no such file.');
});

it('detects a regression target, and asks nothing more about it', async () => {
  const { found, initials, questions } = await asked({ data: 'd.csv' }, 'spend', 'A number');
  expect(found).toEqual({ data: 'd.csv', value: 'spend' });
  expect([initials[1], questions.length]).toEqual(['value', 2]);
});

it('asks for the event of a duration, and the horizon', async () => {
  const { found } = await asked({ data: 'd.csv' }, 'days', 'The time to an event', 'left', '90');
  expect(found).toEqual({ data: 'd.csv', duration: 'days', event: 'left', horizon: 90 });
  expect((await asked({ data: 'd.csv', duration: 'days' }, 'left', '')).found).not.toHaveProperty('horizon');
  await expect(asked({ data: 'd.csv', duration: 'days', event: 'left' }, '-3')).rejects.toThrow('above 0');
});

it('asks nothing that the command line answers', async () => {
  const given = { data: 'd.csv', target: 'left', positive: 'no' };
  expect(await asked(given)).toMatchObject({ found: given, questions: [] });
});
