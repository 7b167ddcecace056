import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generatedFiles } from '../../scripts/docs/generated.ts';

/** Whatever a generator leaves out is noticed by this list. */
const FILES = `
cli/doctor/live/beliefs.json
deploy/fleet/stackset.json
deploy/guard-rails/audit-alerts.json
deploy/guard-rails/audit-queries.json
deploy/guard-rails/lanes-stay-apart.json
deploy/guard-rails/only-provision-writes.json
deploy/guard-rails/only-the-deployer-installs.json
deploy/guard-rails/roles-stay-small.json
deploy/observability/alerts.json
deploy/observability/backlog.json
deploy/observability/dashboard.json
deploy/observability/dead-letters.json
deploy/observability/index.json
deploy/observability/lost-records.json
deploy/observability/queries.json
deploy/rights/dms-handshake-approver.json
deploy/rights/dms-handshake-asker.json
deploy/rights/dms-handshake-deployer.json
deploy/rights/dms-handshake-live-requester.json
deploy/rights/dms-handshake-live.json
deploy/rights/dms-handshake-operator.json
deploy/rights/dms-handshake-remover.json
docs/asyncapi.json
docs/explain/beliefs.md
docs/openapi.json
docs/use/cli-output.schema.json
docs/use/cli.md
docs/use/local-cloud.md
`;

describe('a generated file', () => {
  it('is one of these', () => {
    expect(Object.keys(generatedFiles()).sort()).toEqual(FILES.trim().split(/\s+/));
  });

  it.each(Object.entries(generatedFiles()))(
    '%s says what the code says (else: npm run docs)',
    (path, value) => {
      const text = readFileSync(path, 'utf8');
      if (typeof value === 'string') expect(text).toBe(value);
      else expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    },
  );
});
