import { describe, expect, it } from 'vitest';
import { createTopic, mnsIdle, publishToTopic } from '../../../../local/cloud/mns/index.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { type Bench, bench, functionArn, REGION } from './setup.ts';

const sink = `
  exports.handler = async (event) => { process.stdout.write(event.toString() + '\\n'); return ''; };`;

const topicTrigger = (invocationRole: string, config: object = {}): object => ({
  triggerName: 'requests',
  triggerType: 'mns_topic',
  sourceArn: `acs:mns:${REGION}:${OWNER}:/topics/requests`,
  invocationRole,
  triggerConfig: { notifyContentFormat: 'JSON', notifyStrategy: 'BACKOFF_RETRY', ...config },
});

async function quiet(b: Bench): Promise<void> {
  await mnsIdle(b.world);
  await b.host.idle();
}

describe('topic triggers', () => {
  it('a published message arrives as an asynchronous event', async () => {
    const b = bench();
    createTopic(b.world, b.account, 'requests');
    const role = b.role('pusher', ['fc:InvokeFunction'], functionArn('f'), 'mns.aliyuncs.com');
    const deployment = await b.deploy({ f: { source: sink, props: { triggers: [topicTrigger(role)] } } });
    expect(deployment.functions).toEqual(['f']);
    expect([...b.account.mns.topic('requests').subscriptions.keys()]).toEqual(['f-requests']);
    const { messageId } = publishToTopic(b.world, b.account, 'requests', { body: '{"a":1}' });
    await quiet(b);
    const events = b.host.logs.map((l) => JSON.parse(l.line));
    expect(events).toMatchObject([{ TopicName: 'requests', MessageId: messageId, Message: '{"a":1}' }]);
  });

  it('a filter tag lets only its messages through', async () => {
    const b = bench();
    createTopic(b.world, b.account, 'requests');
    const role = b.role('pusher', ['fc:InvokeFunction'], functionArn('f'), 'mns.aliyuncs.com');
    const trigger = topicTrigger(role, { filterTag: 'yes' });
    await b.deploy({ f: { source: sink, props: { triggers: [trigger] } } });
    publishToTopic(b.world, b.account, 'requests', { body: 'one', tag: 'no' });
    publishToTopic(b.world, b.account, 'requests', { body: 'two', tag: 'yes' });
    await quiet(b);
    expect(b.host.logs.map((l) => JSON.parse(l.line).Message)).toEqual(['two']);
  });

  it('a topic that is not there fails the deployment', async () => {
    const b = bench();
    const role = b.role('pusher', [], '*', 'mns.aliyuncs.com');
    const deploy = () => b.deploy({ f: { source: sink, props: { triggers: [topicTrigger(role)] } } });
    await expect(deploy()).rejects.toThrow(/InvalidArgument: f\/requests: TopicNotExist/);
  });

  it("another account's topic fails the deployment", async () => {
    const b = bench();
    const trigger = {
      ...topicTrigger(`acs:ram::${OWNER}:role/x`),
      sourceArn: `acs:mns:${REGION}:42:/topics/requests`,
    };
    await expect(b.deploy({ f: { source: sink, props: { triggers: [trigger] } } })).rejects.toThrow(
      /own account and region/,
    );
  });
});

describe('timers', () => {
  const timer = (enable: boolean): object => ({
    triggerName: 'sweep',
    triggerType: 'timer',
    triggerConfig: { cronExpression: 'CRON_TZ=UTC 0 0 3 * * *', enable, payload: '{"all":true}' },
  });

  it('a fired timer arrives with its time, name and payload', async () => {
    const b = bench();
    await b.deploy({ f: { source: sink, props: { triggers: [timer(true)] } } });
    await b.host.fireTimer('f', 'sweep');
    await b.host.idle();
    const events = b.host.logs.map((l) => JSON.parse(l.line));
    expect(events).toEqual([
      { triggerTime: '2026-11-23T10:00:00Z', triggerName: 'sweep', payload: '{"all":true}' },
    ]);
  });

  it('a timer that is disabled or unknown is not fired', async () => {
    const b = bench();
    await b.deploy({ f: { source: sink, props: { triggers: [timer(false)] } } });
    await expect(b.host.fireTimer('f', 'sweep')).rejects.toThrow('f has no enabled timer trigger sweep');
    await expect(b.host.fireTimer('f', 'other')).rejects.toThrow('no enabled timer trigger other');
  });
});

describe('deployment', () => {
  it('a bundle that is not built is named', async () => {
    const b = bench();
    const deploy = () => b.deploy({ f: { source: sink, props: { code: './elsewhere' } } });
    await expect(deploy()).rejects.toThrow(
      /f: .*elsewhere\/index\.js does not exist; build the functions first/,
    );
  });

  it('another region and the role of another account are refused', async () => {
    const b = bench();
    await expect(b.deploy({ f: { source: sink, props: { region: 'cn-beijing' } } })).rejects.toThrow(
      /region cn-beijing/,
    );
    const role = 'acs:ram::1000000000000001:role/x';
    await expect(b.deploy({ f: { source: sink, props: { role } } })).rejects.toThrow(
      /does not belong to account/,
    );
  });

  it("the host's own variables go over what s.yaml says, and are shown to nobody", async () => {
    const b = bench({ variables: () => ({ WHERE: 'here' }) });
    const source = `exports.handler = async () => process.env.WHERE;`;
    await b.deploy({ f: { source, props: { environmentVariables: { WHERE: 'cloud' } } } });
    expect((await b.call('f')).text).toBe('here');
    const { environmentVariables } = b.account.fc.function('f').revision.settings;
    expect(environmentVariables).toEqual({ WHERE: 'cloud' });
  });
});
