import type { TriggerFacts } from '../../shared/alicloud/fc.ts';

/** Where senders reach a function over HTTP, and that the platform's own address is for tests. */
export function addressOf({ httpTrigger }: Pick<TriggerFacts, 'httpTrigger'>): string {
  const url = httpTrigger?.urlInternet ?? null;
  if (url === null) return '';
  return /\.fcapp\.run\/?$/.test(url)
    ? `, at ${url}, which the vendor gives for tests only: give senders a domain of your own (docs/operate/operations.md)`
    : `, at ${url}`;
}
