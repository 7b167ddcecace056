import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { callFaults } from './judge-calls.ts';
import { declaredOf, fieldFaults } from './operations.ts';

const read = (name: string): unknown => JSON.parse(readFileSync(`deploy/${name}`, 'utf8'));

/** A file that an operator hands to Simple Log Service, as the body of an operation. */
function faultsOf(operation: string, body: unknown): readonly string[] {
  const declared = declaredOf('sls', '2020-12-30')?.[operation];
  return declared === undefined ? [`no operation ${operation}`] : fieldFaults(declared, body);
}

describe('what operators adopt is as the vendor’s metadata has it', () => {
  it.each([
    ['observability/index.json', 'CreateIndex'],
    ['observability/dashboard.json', 'CreateDashboard'],
    ['observability/alerts.json', 'CreateAlert'],
    ['guard-rails/audit-alerts.json', 'CreateAlert'],
  ])('%s, for %s', (file, operation) => {
    const bodies = [read(file)].flat();
    expect(bodies.length).toBeGreaterThan(0);
    expect(bodies.flatMap((body) => faultsOf(operation, body))).toEqual([]);
  });

  it.each(['dead-letters', 'lost-records', 'backlog'])('observability/%s.json, for a rule', (name) => {
    const query = read(`observability/${name}.json`) as Readonly<Record<string, string>>;
    const call = { product: 'cms', version: '2019-01-01', action: 'PutResourceMetricRule', method: 'POST' };
    expect(callFaults({ ...call, path: '/', query, form: {}, json: null, headers: {}, host: {} })).toEqual(
      [],
    );
  });

  it('an alert without a schedule, or with a state, is named', () => {
    const [alert] = read('observability/alerts.json') as readonly Readonly<Record<string, unknown>>[];
    const { schedule: _none, ...without } = alert ?? {};
    expect(faultsOf('CreateAlert', { ...without, status: 'Enabled' })).toEqual([
      'no field status',
      'schedule is missing',
    ]);
  });
});
