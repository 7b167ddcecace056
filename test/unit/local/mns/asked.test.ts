import { beforeEach, describe, expect, it } from 'vitest';
import type { RestRequest } from '../../../../local/cloud/rest.ts';
import type { WeatherCall } from '../../../../local/cloud/weather.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { SECOND } from '../../../kit/time.ts';
import { addUser, everything } from '../../../kit/two-accounts.ts';
import { inner, type Mns, message, mns, type SendOptions, xml } from './mns.ts';

let cloud: Mns;
beforeEach(() => {
  cloud = mns();
  cloud.owner.mns.addQueue('q');
});

const AT = '/queues/q/messages';
const ENDPOINT = `acs:mns:cn-hangzhou:${OWNER}:queues/q`;

async function words(method: string, target: string, options: SendOptions): Promise<string> {
  const reply = await cloud.send(method, target, '', options);
  return `${reply.status} ${reply.at('Error', 'Code')}: ${reply.at('Error', 'Message')}`;
}

describe('who asks', () => {
  const DENIED =
    '403 AccessDenied: The OwnerId that your Access Key Id associated to is forbidden for this operation.';

  it('needs a right of the account that is asked', async () => {
    const { keys: foreign } = addUser(cloud.requester, 'foreign', everything);
    const { keys: weak } = addUser(cloud.owner, 'weak');
    expect(await words('GET', '/queues/q', { keys: foreign })).toBe(DENIED);
    expect(await words('GET', '/queues/q', { keys: weak })).toBe(DENIED);
  });

  it('names the version', async () => {
    const of = (version: string | undefined) =>
      words('GET', '/queues/q', { headers: { 'x-mns-version': version } });
    expect(await of(undefined)).toBe('400 MissingVersionHeader: x-mns-version header is required.');
    expect(await of('2014-07-08')).toBe('400 InvalidVersionHeader: The x-mns-version header is invalid.');
  });

  it('is answered at the scheme and host that were asked', async () => {
    const forge = (request: RestRequest) => ({ ...request, scheme: 'https' as const });
    const reply = await cloud.send('PUT', '/queues/new', xml('Queue'), { headers: { host: 'h' }, forge });
    expect(reply.headers).toEqual({
      'content-type': 'text/xml;charset=utf-8',
      'x-mns-request-id': expect.stringMatching(/^[0-9A-F]{24}$/),
      'x-mns-version': '2015-06-06',
      Location: 'https://h/queues/new',
    });
    expect((await cloud.send('GET', '/queues/new')).headers).not.toHaveProperty('Location');
  });

  it('stands in the journal with what was asked', async () => {
    const met: WeatherCall[] = [];
    const matches = (call: WeatherCall): boolean => {
      met.push(call);
      return false;
    };
    cloud.world.weather.faults.push({ at: 'dropped', matches });
    await cloud.send('POST', AT, message('x'));
    expect(met).toEqual([
      {
        service: 'mns',
        operation: 'SendMessage',
        accessKeyId: cloud.admin.accessKeyId,
        input: { method: 'POST', path: AT },
      },
    ]);
    await cloud.send('PATCH', AT);
    const [sent, unknown] = cloud.world.journal.calls.slice(-2);
    expect(sent).toMatchObject({ service: 'mns', operation: 'SendMessage', kind: 'write', code: null });
    expect(unknown).toMatchObject({ service: 'mns', operation: 'Unknown', kind: 'read', status: 400 });
    expect(unknown?.caller).not.toBeNull();
  });
});

describe('blanks around a value', () => {
  it('of a queue count for nothing', async () => {
    const policy = inner('DlqPolicy', { DeadLetterTargetQueue: ' q ', MaxReceiveCount: ' 1000 ' });
    const body = xml('Queue', [
      `\n  <DelaySeconds> 604800 </DelaySeconds><LoggingEnabled>\n true \n</LoggingEnabled>${policy}`,
    ]);
    expect((await cloud.send('PUT', '/queues/new', body)).status).toBe(201);
    expect(cloud.owner.mns.queue('new').attributes).toMatchObject({
      delaySeconds: 604_800,
      loggingEnabled: true,
      dlqPolicy: { deadLetterTargetQueue: 'q', maxReceiveCount: 1000 },
    });
  });

  it('of a subscription neither', async () => {
    cloud.owner.mns.addTopic('t');
    const body = xml('Subscription', { Endpoint: ` ${ENDPOINT} `, NotifyContentFormat: ' JSON ' });
    await cloud.send('PUT', '/topics/t/subscriptions/s', body);
    expect(cloud.owner.mns.topic('t').subscriptions.get('s')?.attributes).toMatchObject({
      endpoint: ENDPOINT,
      notifyContentFormat: 'JSON',
    });
  });

  it('of a receipt handle in a batch neither', async () => {
    await cloud.send('POST', AT, message('x'));
    const handle = String((await cloud.send('GET', AT)).at('Message', 'ReceiptHandle'));
    const body = xml('ReceiptHandles', { ReceiptHandle: `\n ${handle}\n` });
    expect((await cloud.send('DELETE', AT, body)).status).toBe(204);
  });
});

it.each(['a', 'a'.repeat(16), '\u{1F600}'.repeat(16)])(
  'a tag of 1 to 16 characters is one: %s',
  async (tag) => {
    cloud.owner.mns.addTopic('t');
    const body = xml('Subscription', {
      Endpoint: ENDPOINT,
      FilterTag: tag,
      NotifyContentFormat: 'SIMPLIFIED',
    });
    expect((await cloud.send('PUT', '/topics/t/subscriptions/s', body)).status).toBe(201);
    const published = await cloud.send('POST', '/topics/t/messages', message('x', { MessageTag: tag }));
    expect(published.status).toBe(201);
    await cloud.clock.advance(0);
    expect(cloud.owner.mns.queue('q').messages.map(({ body: text }) => text)).toEqual(['x']);
  },
);

it('a dead letter keeps what it carries, and is there at once whatever the delay of its queue', async () => {
  await cloud.send('PUT', '/queues/dead', xml('Queue', { DelaySeconds: 60 }));
  const policy = inner('DlqPolicy', { DeadLetterTargetQueue: 'dead', MaxReceiveCount: 1 });
  await cloud.send('PUT', '/queues/jobs', xml('Queue', [policy]));
  const property = '<PropertyValue><Name>n</Name></PropertyValue>';
  const poison = `<MessageBody>poison</MessageBody><Priority>3</Priority><MessageGroupId>g</MessageGroupId>`;
  const body = xml('Message', [`${poison}<UserProperties>${property}</UserProperties>`]);
  await cloud.send('POST', '/queues/jobs/messages', body);
  await cloud.send('POST', '/queues/jobs/messages', message('good', { Priority: 9 }));
  await cloud.send('GET', '/queues/jobs/messages');
  await cloud.clock.advance(30 * SECOND);
  const next = await cloud.send('GET', '/queues/jobs/messages');
  expect(next.at('Message', 'MessageBody')).toBe('good');
  const dead = await cloud.send('GET', '/queues/dead/messages');
  expect(dead.at('Message')).toMatchObject({
    MessageBody: 'poison',
    Priority: '3',
    MessageGroupId: 'g',
    UserProperties: { PropertyValue: { Name: 'n', Value: '', Type: 'STRING' } },
    EnqueueTime: '1795428030000',
    DequeueCount: '1',
  });
});
