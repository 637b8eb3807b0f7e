import { describeVersions } from './describe-versions.js';

it('names the version of Node, or the browser', () => {
  expect(describeVersions({ churn: '1.2.0', node: 'v22.1.0' })).toBe('churn 1.2.0, Node v22.1.0');
  expect(describeVersions({ churn: '1.2.0', node: 'browser' })).toBe('churn 1.2.0, in a browser');
});
