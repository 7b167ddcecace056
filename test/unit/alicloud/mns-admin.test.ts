import { describe, expect, it } from 'vitest';
import { mnsAdmin } from '../../../shared/alicloud/mns-admin.ts';
import { OWNER } from '../../kit/accounts.ts';
import { patienceOf, planted, thrownBy } from './setup.ts';
import { mnsError, type Say, standIn, xml } from './stand-in.ts';

async function told(...says: [Say, ...Say[]]) {
  const { url, seen } = await standIn(...says);
  const options = { accountId: OWNER, endpoint: url, credentials: planted() };
  return { admin: mnsAdmin(options, patienceOf()), seen };
}

describe('topics and queues', () => {
  it('are there where the service shows them', async () => {
    const { admin } = await told(xml(200, '<Topic><TopicName>t</TopicName></Topic>'), xml(200, '<Queue/>'));
    expect(await admin.hasTopic('t')).toBe(true);
    expect(await admin.hasQueue('q')).toBe(true);
  });

  it('are not there where the service knows none of the name', async () => {
    const { admin } = await told(mnsError(404, 'TopicNotExist'), mnsError(404, 'QueueNotExist'));
    expect(await admin.hasTopic('t')).toBe(false);
    expect(await admin.hasQueue('q')).toBe(false);
  });

  it('are neither there nor not where the service does not show them', async () => {
    const { admin } = await told(mnsError(403, 'AccessDenied'));
    expect(await thrownBy(admin.hasTopic('t'))).toMatchObject({ failure: { code: 'AccessDenied' } });
  });

  it('are made, whether there were some of the name before or not', async () => {
    const { admin, seen } = await told({ status: 201 }, { status: 204 });
    await admin.createTopic('t');
    await admin.createQueue('q');
    expect(seen.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual([
      'PUT /topics/t',
      'PUT /queues/q',
    ]);
    expect(seen[0]?.body).toContain('<MaximumMessageSize>65000</MaximumMessageSize>');
    expect(seen[1]?.body).toContain('<MessageRetentionPeriod>604800</MessageRetentionPeriod>');
  });

  it('are taken away, and are away if they were not there', async () => {
    const { admin, seen } = await told({ status: 204 }, mnsError(404, 'QueueNotExist'));
    await admin.deleteTopic('t');
    await admin.deleteQueue('q');
    expect(seen.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual([
      'DELETE /topics/t',
      'DELETE /queues/q',
    ]);
  });

  it('are not away where the service refused', async () => {
    const { admin } = await told(mnsError(403, 'AccessDenied'));
    expect(await thrownBy(admin.deleteTopic('t'))).toMatchObject({ failure: { code: 'AccessDenied' } });
    const busy = await told(mnsError(500, 'InternalError'));
    expect(await thrownBy(busy.admin.deleteQueue('q'))).toMatchObject({ name: 'RetryableError' });
  });
});
