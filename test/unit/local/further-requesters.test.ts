import { expect, it } from 'vitest';
import { hearingAll, installedFor } from '../../../local/further-requesters.ts';
import { readBlueprint } from '../../../local/host/blueprint.ts';
import { standardNames } from '../../../shared/installation/installation.ts';

const OWNER = '2000000000000002';
const at = standardNames('cn-hangzhou', OWNER);
const arn = (topic: string) => `acs:mns:cn-hangzhou:${OWNER}:/topics/${topic}`;

const trigger = (name: string, topic: string) => ({
  triggerName: name,
  triggerType: 'mns_topic',
  sourceArn: arn(topic),
  invocationRole: `acs:ram::${OWNER}:role/r`,
  triggerConfig: { notifyContentFormat: 'JSON', notifyStrategy: 'BACKOFF_RETRY', filterTag: 'yes' },
});
const http = {
  triggerName: 'http',
  triggerType: 'http',
  triggerConfig: { authType: 'anonymous', methods: ['GET'] },
};

/** A blueprint of functions with these triggers. */
function blueprint(triggers: Readonly<Record<string, readonly object[]>>) {
  const resources = Object.entries(triggers).map(([functionName, its]) => {
    const base = { region: 'cn-hangzhou', functionName, runtime: 'nodejs20', code: './dist' };
    return [functionName, { component: 'fc3', props: { ...base, triggers: its } }];
  });
  return readBlueprint(
    JSON.stringify({ edition: '3.0.0', name: 'x', resources: Object.fromEntries(resources) }),
    {},
  );
}

const heardBy = (functions: ReturnType<typeof blueprint>['functions']) =>
  functions.map(({ functionName, triggers }) => [
    functionName,
    triggers.map(({ triggerName, sourceArn }) => [triggerName, sourceArn]),
  ]);

it('an installation has the topics of all requesters, each one time, without the common one', () => {
  const topics = [['t-a'], [at.requestTopic], [], ['t-b', 't-a']];
  const installed = installedFor(
    at,
    topics.map((its, n) => ({ uid: String(n), topics: its })),
  );
  expect(installed).toEqual({ ...at, requesterTopics: ['t-a', 't-b'] });
});

it('what hears the common topic hears the others, and what hears it not is left alone', () => {
  const common = trigger('requests', at.requestTopic);
  const before = blueprint({
    hears: [http, trigger('upkeep', at.upkeepTopic), common],
    deaf: [http, trigger('owner', at.ownerTopic), { ...trigger('near', `x-${at.requestTopic}`) }],
  });
  const after = hearingAll(before, { ...at, requesterTopics: ['t-a', at.requestTopic] });
  expect(after.name).toBe('x');
  expect(heardBy(after.functions)).toEqual([
    [
      'hears',
      [
        ['http', undefined],
        ['upkeep', arn(at.upkeepTopic)],
        ['requests', arn(at.requestTopic)],
        ['t-a', arn('t-a')],
        [at.ownerTopic, arn(at.ownerTopic)],
      ],
    ],
    [
      'deaf',
      [
        ['http', undefined],
        ['owner', arn(at.ownerTopic)],
        ['near', arn(`x-${at.requestTopic}`)],
      ],
    ],
  ]);
  const [hears] = after.functions;
  const [made] = hears?.triggers.slice(3) ?? [];
  expect(made).toEqual({ ...before.functions[0]?.triggers[2], triggerName: 't-a', sourceArn: arn('t-a') });
});
