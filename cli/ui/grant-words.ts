import type { Grant } from '../../events/grant.ts';

const nameOf = (id: string): string => (id === 'account' ? 'whole account' : id.replace(/^user:/, ''));

/** Each grant with its scope, and with its end where not all end together. */
export function grantWords(grants: readonly Grant[]): string {
  const isOne = new Set(grants.map(({ expiresAt }) => expiresAt)).size <= 1;
  const wordsOf = ({ id, instances, readOnly, expiresAt }: Grant): string => {
    const scope = readOnly
      ? ['only reads']
      : instances === null
        ? []
        : [`modifies only ${instances.join(' ')}`];
    const end = isOne ? [] : [expiresAt === null ? 'no end' : `until ${minute(expiresAt)}`];
    const words = [...scope, ...end];
    return words.length === 0 ? nameOf(id) : `${nameOf(id)} (${words.join(', ')})`;
  };
  return grants.map(wordsOf).join(', ');
}

/** A time to the minute, in UTC. */
export const minute = (time: string | null): string => time?.slice(0, 16).replace('T', ' ') ?? '-';
