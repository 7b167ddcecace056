import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readBlueprint } from '../../../local/host/blueprint.ts';
import type { FunctionSpec } from '../../../local/host/function-spec.ts';
import { differences } from '../../../scripts/deployment/read-back.ts';
import type { Deployed } from '../../../shared/alicloud/fc-deployed.ts';
import { OWNER_UID } from '../../kit/deployment-folder.ts';

const [, provision] = readBlueprint(readFileSync('s.yaml', 'utf8'), { OWNER_UID }).functions;
assert(provision !== undefined);
const { role: _, description: _text, concurrencyConfig: _limit, ...rest } = provision;
const timer: FunctionSpec['triggers'][number] = {
  triggerName: 't',
  triggerType: 'timer',
  qualifier: 'LATEST',
  triggerConfig: { cronExpression: '@every 1h', enable: false, payload: '' },
};

/** It says as little as it may: no role, no limit, no destination. */
const spec: FunctionSpec = {
  ...rest,
  triggers: [timer],
  asyncInvokeConfig: { ...rest.asyncInvokeConfig, destinationConfig: {} },
};

/** As Function Compute shows it. */
const shown = (triggerConfig: object): Deployed => ({
  config: { ...rest, codeChecksum: '42', logConfig: { project: '', logstore: '' } },
  triggers: [{ ...timer, sourceArn: null, triggerConfig: JSON.stringify(triggerConfig) }],
  asyncConfig: { ...rest.asyncInvokeConfig, destinationConfig: {} },
  reservedConcurrency: null,
});
const found = (deployed: Deployed, triggers = true) =>
  differences({ spec, checksum: '42' }, deployed, { triggers });

it('what says nothing may be left out of what is shown', () => {
  expect(found(shown({ cronExpression: '@every 1h' }))).toEqual([]);
  expect(found(shown({ cronExpression: '@every 2h', enable: true }))).toEqual([
    'dms-handshake-provision: the trigger t: cronExpression is "@every 2h", not "@every 1h"',
    'dms-handshake-provision: the trigger t: enable is true, not false',
  ]);
});

it('a limit that the file leaves out is a difference', () => {
  expect(found({ ...shown({}), reservedConcurrency: 3, triggers: [] }, false)).toEqual([
    'dms-handshake-provision: reservedConcurrency is 3, not left out',
  ]);
});
