import { AUDIT_QUERIES } from './audit.ts';
import { controlPolicies } from './guard-rails.ts';
import { alertRule, logFiles } from './logs.ts';
import { stackTemplate } from './stack.ts';

/** Every file that operators adopt and that is made out of what the code says: by path, as values of JSON. */
export const operationsFiles = (): Readonly<Record<string, unknown>> => ({
  ...logFiles(),
  ...controlPolicies(),
  'deploy/fleet/stackset.json': stackTemplate(),
  'deploy/guard-rails/audit-queries.json': AUDIT_QUERIES.map(({ name, title, text }) => ({
    name,
    title,
    query: text,
  })),
  'deploy/guard-rails/audit-alerts.json': AUDIT_QUERIES.map((query) =>
    alertRule({ ...query, minutes: 15 }, '<actiontrail logstore>'),
  ),
});
