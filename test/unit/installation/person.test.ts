import { expect, it } from 'vitest';
import { resourcesOf } from '../../../shared/catalogue/scope.ts';
import { standardNames } from '../../../shared/installation/installation.ts';
import { installed } from '../../../shared/installation/person.ts';

const [OWNER, TOPICS] = ['2000000000000002', 'acs:mns:cn-hangzhou:2000000000000002:/topics'];
const at = standardNames('cn-hangzhou', OWNER);

it('topics of our names need one ARN, and every topic of another name its own', () => {
  expect(installed(at).topics).toEqual([`${TOPICS}/dms-handshake-*`]);
  const more = { requesterTopics: ['team-a', 'dms-handshake-b'] };
  expect(installed({ ...at, ...more }).topics).toEqual([`${TOPICS}/dms-handshake-*`, `${TOPICS}/team-a`]);
});

it('an engine that the trust alone serves has no resource to narrow', () => {
  const narrowed = new Map([
    ['rds', ['rm-1']],
    ['redis', ['r-1']],
  ] as const);
  expect([...resourcesOf(narrowed, OWNER).keys()]).toEqual(['redis']);
});
