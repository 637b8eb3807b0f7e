import { type ExploredRow, rowExplorer } from './row-explorer.js';

const row: ExploredRow = {
  name: 'Line 2',
  said: '90.0% “yes”',
  kind: 'missed',
  keys: [0.4, 0.9],
  reasons: ['age is 20: raises the probability'],
  values: [['first_name', '<b>']],
};
const orders = [
  { label: 'nearest', descending: false },
  { label: 'highest', descending: true },
];

describe('rowExplorer', () => {
  it('shows the prediction, reasons and values of a row, as text', () => {
    const page = rowExplorer({ rows: [row], orders }).toString();
    expect(page).toContain('data-kind="missed" data-keys="0.4 0.9"');
    expect(page).toContain('<li>age is 20: raises the probability</li>');
    expect(page).toContain('<dt>first_<wbr>name</dt><dd>&lt;b&gt;</dd>');
    expect(page).not.toContain('What would change the decision');
  });

  it('shows counterfactuals, if there are any', () => {
    const rows = [{ ...row, changes: ['would stay if age were 30, not 20'] }];
    const page = rowExplorer({ rows, orders }).toString();
    expect(page).toContain(
      '<p>What would change the decision:</p><ul><li>would stay if age were 30, not 20</li></ul>',
    );
  });

  it('offers each outcome once, and the sort orders with their directions', () => {
    const rows = [row, { ...row, kind: 'correct' }, row];
    const page = rowExplorer({ rows, orders }).toString();
    expect(page.match(/<option value="missed">/g)).toHaveLength(1);
    expect(page).toContain('<option value="">all 3 rows</option>');
    expect(page).toContain('data-directions="+-"');
  });
});
