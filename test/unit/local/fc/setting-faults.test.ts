import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { OWNER } from '../../../kit/accounts.ts';
import { bareCloud } from './bare.ts';
import type { Body } from './setup.ts';

const HANDLER = 'Invalid string: must match pattern /^[\\w-]+\\.[\\w$]+$/';
const NAME = 'Invalid string: must match pattern /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/';
const RUNTIME = 'the local host runs managed Node.js runtimes only';
const CODE = 'must be {"zipFile": "<base64>"} or {"ossBucketName", "ossObjectName"}';
const TAG = 'must be {"Key": "<key>", "Value": "<value>"}';
const LONG = 'x'.repeat(300);
const KEYS =
  'description, internetAccess, resourceGroupId, runtime, handler, role, cpu, memorySize, diskSize, timeout, instanceConcurrency, environmentVariables, instanceLifecycleConfig, logConfig, vpcConfig, nasConfig, ossMountConfig, tracingConfig, layers, instanceIsolationMode, sessionAffinity';
const zipped = (files: Parameters<typeof zipSync>[0]) => ({
  zipFile: Buffer.from(zipSync(files)).toString('base64'),
});

describe('CreateFunction: place, value and way out of', () => {
  it.each<[over: Body, message: string]>([
    [{ functionName: undefined }, 'functionName is missing'],
    [{ functionName: '9f' }, `functionName is "9f": ${NAME}`],
    [{ functionName: 'f.g' }, `functionName is "f.g": ${NAME}`],
    [{ functionName: 7 }, 'functionName is 7: Invalid input: expected string, received number'],
    [{ code: undefined }, 'code is missing'],
    [{ code: 'x' }, `code is "x": ${CODE}`],
    [
      { code: { zipFile: '', ossBucketName: 'b' } },
      'code.ossBucketName is no key here; the nearest is "zipFile", all are zipFile',
    ],
    [{ code: ['x'] }, `code is a list: ${CODE}`],
    [{ code: { zipFile: 'bm8gemlw' } }, 'code: it is not a zip file'],
    [
      { code: { ossBucketName: `${LONG}b`, ossObjectName: `${LONG}o` } },
      `code: there is no object "${'x'.repeat(100)}" in bucket "${'x'.repeat(63)}"`,
    ],
    [{ code: zipped({ 'a/': new Uint8Array(0) }) }, 'code: the zip is empty'],
    [{ code: zipped({ 'a\\b.js': new Uint8Array(1) }) }, 'code: "a\\\\b.js" leads out of the folder'],
    [
      { code: zipped({ [`/${LONG}`]: new Uint8Array(1) }) },
      `code: "/${'x'.repeat(99)}" leads out of the folder`,
    ],
    [{ handler: undefined }, 'function.handler is missing'],
    [{ handler: 'index' }, `function.handler is "index": ${HANDLER}`],
    [{ handler: 'a/index.handler' }, `function.handler is "a/index.handler": ${HANDLER}`],
    [{ handler: 'index.handler()' }, `function.handler is "index.handler()": ${HANDLER}`],
    [
      { runtime: undefined },
      'function.runtime is missing: Invalid input: expected string, received undefined',
    ],
    [{ runtime: 'xnodejs20' }, `function.runtime is "xnodejs20": ${RUNTIME}`],
    [{ runtime: 'nodejs20x' }, `function.runtime is "nodejs20x": ${RUNTIME}`],
    [{ role: 'acs:ram::42:role/x' }, `role acs:ram::42:role/x does not belong to account ${OWNER}`],
    [{ runtime: 'x'.repeat(80) }, `function.runtime is "${'x'.repeat(80)}": ${RUNTIME}`],
    [
      { environmentVariables: { A: null } },
      'function.environmentVariables.A is null: Invalid input: expected string, received null',
    ],
    [
      { instanceLifecycleConfig: 'x' },
      'function.instanceLifecycleConfig is "x": Invalid input: expected object, received string',
    ],
    [{ memory: 512 }, `function.memory is no key here; the nearest is "memorySize", all are ${KEYS}`],
    [
      { [`${'x'.repeat(64)}timeout`]: 1, [LONG]: 1 },
      `function.${'x'.repeat(64)}timeout is no key here; the nearest is "description", all are ${KEYS}; function.${LONG} is no key here; the nearest is "description", all are ${KEYS}`,
    ],
    [
      { description: LONG },
      `function.description is "${'x'.repeat(80)}…": Too big: expected string to have <=256 characters`,
    ],
    [
      { resourceGroupId: '' },
      'function.resourceGroupId is "": Too small: expected string to have >=1 characters',
    ],
    [{ cpu: 0.04 }, 'function.cpu is 0.04: Too small: expected number to be >=0.05'],
    [{ cpu: 17 }, 'function.cpu is 17: Too big: expected number to be <=16'],
    [{ memorySize: 64 }, 'function.memorySize is 64: Too small: expected number to be >=128'],
    [{ memorySize: 130 }, 'function.memorySize is 130: Invalid number: must be a multiple of 64'],
    [{ diskSize: 513 }, 'function.diskSize is 513: Invalid input'],
    [{ timeout: 0 }, 'function.timeout is 0: Too small: expected number to be >=1'],
    [{ timeout: 86_401 }, 'function.timeout is 86401: Too big: expected number to be <=86400'],
    [{ timeout: true }, 'function.timeout is true: Invalid input: expected number, received boolean'],
    [
      { instanceConcurrency: 2 },
      'function.instanceConcurrency is 2: a managed runtime runs one invocation per instance',
    ],
    [
      { instanceIsolationMode: 'X' },
      'function.instanceIsolationMode is "X": Invalid input: expected "SHARE"',
    ],
    [{ sessionAffinity: 'X' }, 'function.sessionAffinity is "X": Invalid input: expected "NONE"'],
    [{ logConfig: 'x' }, 'function.logConfig is "x": Invalid input: expected object, received string'],
    [{ layers: ['x'] }, 'function.layers is a list: a layer is not in the local cloud'],
    [
      { tracingConfig: { type: 'x' } },
      'function.tracingConfig is an object: tracing is not in the local cloud',
    ],
    [{ ossMountConfig: 'x' }, 'function.ossMountConfig is "x": a mounted bucket is not in the local cloud'],
    [{ nasConfig: 1 }, 'function.nasConfig is 1: a file system is not in the local cloud'],
    [
      { environmentVariables: { A: 1 } },
      'function.environmentVariables.A is of type number: Invalid input: expected string, received number',
    ],
    [
      { environmentVariables: { A: ['secret'] } },
      'function.environmentVariables.A is a list: Invalid input: expected string, received array',
    ],
    [
      { environmentVariables: 'secret' },
      'function.environmentVariables is of type string: Invalid input: expected record, received string',
    ],
    [
      { environmentVariables: { FC_X: '' } },
      'function.environmentVariables is an object: FC_X: names that begin with FC_ are reserved',
    ],
    [
      { environmentVariables: { A: 'ä'.repeat(2048) } },
      'function.environmentVariables is an object: 4097 bytes of environment, at most 4096',
    ],
    [
      { instanceLifecycleConfig: { initialiser: {} } },
      'function.instanceLifecycleConfig.initialiser is no key here; the nearest is "initializer", all are initializer, preStop',
    ],
    [
      { instanceLifecycleConfig: { preStop: { handler: 'x', timeout: 0 } } },
      `function.instanceLifecycleConfig.preStop.handler is "x": ${HANDLER}; function.instanceLifecycleConfig.preStop.timeout is 0: Too small: expected number to be >=1`,
    ],
    [{ tags: [{ Key: 'a' }, { name: 'a' }] }, `tags[1] is an object: ${TAG}`],
    [{ tags: [{ Key: '' }] }, `tags[0] is an object: ${TAG}`],
    [{ tags: Array(21).fill({ Key: 'a' }) }, 'tags is a list: Too big: expected array to have <=20 items'],
  ])('%j', async (over, message) => {
    const { made, owner } = bareCloud();
    const { status, body } = await made(over);
    expect([status, body.Code, body.Message]).toEqual([400, 'InvalidArgument', message]);
    expect(owner.fc.functions.size).toBe(0);
  });

  it.each<Body>([
    { functionName: '_'.repeat(64) },
    { handler: 'my-index_1.$handler' },
    { role: '' },
    { environmentVariables: { XFC_: 'x'.repeat(4091), Y: '' } },
    { tracingConfig: { type: 'None', params: null, list: [], text: '', number: 0 } },
    { tracingConfig: 'None' },
    { tags: Array(20).fill({ key: 'team', value: 'b' }) },
    { instanceLifecycleConfig: { initializer: { handler: 'in-dex.init', timeout: 2 } } },
  ])('none is in %j', async (over) => {
    expect((await bareCloud().made(over)).status).toBe(200);
  });
});
