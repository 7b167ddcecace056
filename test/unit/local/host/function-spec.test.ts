import { expect, it } from 'vitest';
import { propsSchema } from '../../../../local/host/function-spec.ts';

const PROPS = { region: 'cn-hangzhou', functionName: 'f', runtime: 'nodejs20', code: './dist/f' };
const VPC = { vpcId: 'vpc-1', vSwitchIds: ['vsw-1', 'vsw-2'], securityGroupId: 'sg-1' };
const LOG = { project: 'ops', logstore: 'handshake' };

/** Where the schema has something to say of these props. */
const places = (over: object): readonly string[] =>
  propsSchema.safeParse({ ...PROPS, ...over }).error?.issues.map(({ path }) => path.join('.')) ?? [];

it.each<[what: string, over: object]>([
  ['no more than there must be', {}],
  ['a network', { vpcConfig: VPC }],
  ['logs', { logConfig: LOG }],
  [
    'logs of which all is told',
    {
      logConfig: {
        ...LOG,
        enableRequestMetrics: true,
        enableInstanceMetrics: false,
        logBeginRule: 'DefaultRegex',
      },
    },
  ],
  ['logs without a rule', { logConfig: { ...LOG, logBeginRule: 'None' } }],
  ['a limit of instances', { concurrencyConfig: { reservedConcurrency: 10 } }],
  ['the least limit', { concurrencyConfig: { reservedConcurrency: 1 } }],
  ['a role by its name', { role: 'runner' }],
])('%s is what the component takes, and stays as it is', (_what, over) => {
  expect(propsSchema.parse({ ...PROPS, ...over })).toMatchObject({ ...PROPS, ...over });
});

it.each<[place: string, over: object]>([
  ['region', { region: '' }],
  ['code', { code: '' }],
  ['role', { role: '' }],
  ['vpcConfig.vpcId', { vpcConfig: { ...VPC, vpcId: '' } }],
  ['vpcConfig.vSwitchIds', { vpcConfig: { ...VPC, vSwitchIds: [] } }],
  ['vpcConfig.vSwitchIds.1', { vpcConfig: { ...VPC, vSwitchIds: ['vsw-1', ''] } }],
  ['vpcConfig.securityGroupId', { vpcConfig: { ...VPC, securityGroupId: '' } }],
  ['logConfig', { logConfig: 'auto' }],
  ['logConfig.project', { logConfig: { ...LOG, project: '' } }],
  ['logConfig.logstore', { logConfig: { ...LOG, logstore: '' } }],
  ['logConfig.enableRequestMetrics', { logConfig: { ...LOG, enableRequestMetrics: 'yes' } }],
  ['logConfig.enableInstanceMetrics', { logConfig: { ...LOG, enableInstanceMetrics: 'no' } }],
  ['logConfig.logBeginRule', { logConfig: { ...LOG, logBeginRule: 'none' } }],
  ['concurrencyConfig.reservedConcurrency', { concurrencyConfig: { reservedConcurrency: 0 } }],
  ['concurrencyConfig.reservedConcurrency', { concurrencyConfig: { reservedConcurrency: 1.5 } }],
])('%s as in %j is refused', (place, over) => {
  expect(places(over)).toEqual([place]);
});
