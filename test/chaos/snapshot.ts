import type { Reply } from '../../events/reply.ts';
import type { Account } from '../../local/cloud/world.ts';
import { NOTES_TAG } from '../../shared/record/notes.ts';

const OURS = /^dms(-cross-account-|-console-access-|crossaccountpolicy-)/i;
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;

/**
 * Everything in RAM that carries our names, as one text that is equal for equal states: times are replaced by their
 * rank, so that two runs at different hours compare. An orphan is whatever one state has and the other has not.
 */
export function stateOf({ ram }: Account): string {
  const roles = [...ram.roles.values()]
    .filter(({ name }) => OURS.test(name))
    .map(({ name, trust, tags, attachments }) => ({
      name,
      trust,
      tags: withoutSeen(tags).sort(),
      attached: attachments.map(({ policyType, policyName }) => `${policyType} ${policyName}`).sort(),
    }))
    .sort(byName);
  const policies = [...ram.policies.values()]
    .filter(({ name }) => OURS.test(name))
    .map(({ name, versions, tags }) => ({
      name,
      documents: versions.map(({ isDefault, document }) => [isDefault, document]),
      tags: [...tags].sort(),
    }))
    .sort(byName);
  const text = JSON.stringify({ roles, policies });
  const times = [...new Set(text.match(TIME))].sort();
  return text.replaceAll(TIME, (time) => `t${times.indexOf(time)}`);
}

/** What verify found, and when DMS was last here, is noted beside the grants, and differs from run to run. */
const withoutSeen = (tags: ReadonlyMap<string, string>): [string, string][] =>
  [...tags].flatMap(([key, value]): [string, string][] => {
    if (key !== NOTES_TAG) return [[key, value]];
    const rest = value.split(' ').filter((word) => !/^(seen|used|idle):/.test(word));
    return rest.length === 0 ? [] : [[key, rest.join(' ')]];
  });

const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);

/** What a reply says, without what differs between runs: its id and time. */
export const essenceOf = ({ data }: Reply): string =>
  JSON.stringify({
    status: data.status,
    roleArn: data.roleArn,
    engines: data.engines,
    connections: data.connections,
    assurance: data.assurance,
    problem: data.problem?.code ?? null,
    notPassed: data.checks.filter(({ status }) => status !== 'pass').map(({ id }) => id),
  });

/** The first place where two texts differ, with a little around it. */
export function difference(found: string, wanted: string): string {
  let at = 0;
  while (at < found.length && found[at] === wanted[at]) at += 1;
  const from = Math.max(0, at - 80);
  return `...${found.slice(from, at + 160)}... instead of ...${wanted.slice(from, at + 160)}...`;
}
