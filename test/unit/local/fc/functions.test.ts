import { describe, expect, it } from 'vitest';
import { emptyCloud, saying, zipOf } from './setup.ts';

describe('CreateFunction', () => {
  it('makes a function that runs from the zip that came along', async () => {
    const { call, invoke } = emptyCloud();
    const made = await call('CreateFunction', [], { ...saying('one'), timeout: 9 });
    expect(made).toMatchObject({
      functionName: 'f',
      functionArn: expect.stringMatching(/:functions\/f$/),
      timeout: 9,
      memorySize: 512,
      internetAccess: true,
      codeChecksum: expect.stringMatching(/^\d+$/),
      state: 'Active',
    });
    expect(await call('GetFunction')).toEqual(made);
    expect(await invoke()).toBe('one');
  });

  it('the checksum is CRC64-ECMA of the zip', async () => {
    const { call } = emptyCloud();
    // The check value of CRC-64/XZ is that of "123456789"; a zip with the same checksum is the same zip.
    const { crc64 } = await import('../../../../local/cloud/fc/checksum.ts');
    expect(await crc64(Buffer.from('123456789'))).toBe(BigInt('0x995dc9bbdf1939fa').toString());
    const zip = zipOf(`exports.handler = async () => '';`);
    const made = await call('CreateFunction', [], {
      ...saying(''),
      code: { zipFile: zip.toString('base64') },
    });
    expect(made).toMatchObject({ codeChecksum: await crc64(zip), codeSize: zip.length });
  });

  it('takes code that was uploaded, and of one account only', async () => {
    const { call, client, invoke, world } = emptyCloud();
    const code = await client.upload(zipOf(`exports.handler = async () => 'uploaded';`));
    await call('CreateFunction', [], { ...saying(''), code });
    expect(await invoke()).toBe('uploaded');
    const { object } = world.uploads.token('42');
    world.uploads.put(object, zipOf(''));
    const foreign = { ...code, ossObjectName: object };
    await expect(call('UpdateFunction', ['f'], { code: foreign })).rejects.toMatchObject({
      code: 'InvalidArgument',
    });
  });

  it('the second of the same name is refused', async () => {
    const { call } = emptyCloud();
    await call('CreateFunction', [], saying('one'));
    await expect(call('CreateFunction', [], saying('two'))).rejects.toMatchObject({
      status: 409,
      code: 'FunctionAlreadyExists',
    });
  });

  it.each([
    ['no name', { functionName: undefined }, /functionName is missing/],
    ['no code', { code: undefined }, /code is missing/],
    ['code that is no zip', { code: { zipFile: 'bm8gemlw' } }, /not a zip file/],
    [
      'an empty zip',
      { code: { zipFile: Buffer.alloc(22).fill('PK\x05\x06', 0, 4).toString('base64') } },
      /zip/,
    ],
    ['code of two kinds', { code: { zipFile: '', ossBucketName: 'b' } }, /zipFile/],
    ['an object that is not there', { code: { ossBucketName: 'b', ossObjectName: 'o' } }, /no object "o"/],
    ['a runtime of another language', { runtime: 'python3.10' }, /managed Node\.js/],
    ['a misspelt setting', { memory: 512 }, /the nearest is "memorySize"/],
    ['a layer', { layers: ['acs:fc:::layers/x'] }, /a layer is not in the local cloud/],
    ['a file system', { nasConfig: { mountPoints: [{ serverAddr: 'x' }] } }, /file system/],
    ['the role of another account', { role: 'acs:ram::42:role/x' }, /does not belong to account/],
    ['a secret of the wrong kind, untold', { environmentVariables: { TOKEN: 8_651_973 } }, /^(?!.*8651973)/],
  ])('%s is refused', async (_what, over, message) => {
    const { call, account } = emptyCloud();
    const made = call('CreateFunction', [], { ...saying('one'), ...over });
    await expect(made).rejects.toMatchObject({
      code: 'InvalidArgument',
      message: expect.stringMatching(message),
    });
    expect(account.fc.functions.size).toBe(0);
  });

  it('what the tool sends along empty is no setting', async () => {
    const { call } = emptyCloud();
    const empty = {
      vpcConfig: { securityGroupId: '', vSwitchIds: [], vpcId: '' },
      tracingConfig: {},
      ossMountConfig: { mountPoints: [] },
      nasConfig: { groupId: 0, userId: 0, mountPoints: [] },
      logConfig: { enableInstanceMetrics: false, logBeginRule: 'None', logstore: '', project: '' },
      layers: [],
      instanceIsolationMode: 'SHARE',
      sessionAffinity: 'NONE',
    };
    const made = await call('CreateFunction', [], { ...saying('one'), ...empty });
    expect(made).not.toHaveProperty('layers');
    expect(made).not.toHaveProperty('instanceLifecycleConfig');
  });

  it('a zip that leads out of its folder is refused', async () => {
    const { call } = emptyCloud();
    const { zipSync } = await import('fflate');
    for (const path of ['../out.js', '/out.js', 'a/../../out.js']) {
      const zipFile = Buffer.from(zipSync({ [path]: new Uint8Array(1) })).toString('base64');
      await expect(call('CreateFunction', [], { ...saying(''), code: { zipFile } })).rejects.toThrow(
        /leads out of the folder/,
      );
    }
  });
});

describe('UpdateFunction', () => {
  const parked = (text: string): string => `
    let go;
    exports.handler = async (event, context) => {
      if (event.toString() === 'wait') await new Promise((resolve) => setTimeout(resolve, 60));
      return '${text} ' + process.env.COLOUR;
    };`;
  const codeOf = (text: string) => ({ zipFile: zipOf(parked(text)).toString('base64') });

  it('swaps code and settings at once, for what starts afterwards', async () => {
    const { call, invoke } = emptyCloud();
    const red = { environmentVariables: { COLOUR: 'red' }, code: codeOf('old') };
    await call('CreateFunction', [], { ...saying(''), ...red });
    const running = invoke('wait');
    await call('UpdateFunction', ['f'], { environmentVariables: { COLOUR: 'blue' }, code: codeOf('new') });
    expect(await invoke()).toBe('new blue');
    expect(await running).toBe('old red');
    // The instance that was old when it ended gets nothing more.
    expect(await invoke()).toBe('new blue');
  });

  it('events that wait are run by the new code, each once', async () => {
    const { call, send, host, account, clock } = emptyCloud();
    const log = (text: string) => ({
      zipFile: zipOf(`exports.handler = async (event) => {
        await new Promise((resolve) => setImmediate(resolve));
        process.stdout.write('${text} ' + event + '\\n');
      };`).toString('base64'),
    });
    await call('CreateFunction', [], { ...saying(''), code: log('old') });
    await call('PutConcurrencyConfig', ['f'], { reservedConcurrency: 1 });
    for (const n of [1, 2, 3, 4]) await send(String(n));
    await call('UpdateFunction', ['f'], { code: log('new') });
    await clock.during(host.idle());
    const [first, ...others] = host.logs.map(({ line }) => line);
    // Each tries again at its own time: there is no order among those that wait.
    expect([first, others.sort()]).toEqual(['old 1', ['new 2', 'new 3', 'new 4']]);
    expect(account.fc.function('f').reservedConcurrency).toBe(1);
  });

  it('leaves what is not sent as it is', async () => {
    const { call } = emptyCloud();
    const made = await call('CreateFunction', [], { ...saying('one'), timeout: 9, description: 'first' });
    const changed = await call('UpdateFunction', ['f'], { description: 'second' });
    expect(changed).toEqual({ ...made, description: 'second', lastModifiedTime: expect.any(String) });
    await expect(call('UpdateFunction', ['f'], { timeout: 0 })).rejects.toMatchObject({ status: 400 });
    expect(await call('GetFunction')).toEqual(changed);
    expect(await call('UpdateFunction', ['none'], {})).toBeNull();
  });

  it('the role holds from the next invocation on', async () => {
    const { call, account } = emptyCloud();
    await call('CreateFunction', [], saying('one'));
    const role = `acs:ram::${account.uid}:role/missing`;
    await call('UpdateFunction', ['f'], { role });
    const answer = call('InvokeFunction');
    await expect(answer).rejects.toMatchObject({
      code: 'AccessDenied',
      message: expect.stringContaining(role),
    });
  });
});

describe('DeleteFunction', () => {
  it('takes triggers, timers and waiting events along', async () => {
    const { call, send, host, account, clock } = emptyCloud();
    const failing = {
      zipFile: zipOf(`exports.handler = async () => { throw new Error('no'); };`).toString('base64'),
    };
    await call('CreateFunction', [], { ...saying(''), code: failing });
    const { timer, topic } = await import('./setup.ts');
    await call('CreateTrigger', ['f'], topic());
    await call('CreateTrigger', ['f'], timer('@every 1h'));
    await send('later');
    await call('DeleteFunction');
    await clock.during(host.idle());
    expect(host.undelivered).toEqual([]);
    expect(host.scheduled).toBe(0);
    expect(account.mns.topic('requests').subscriptions.size).toBe(0);
    expect(await call('GetFunction')).toBeNull();
    expect(await call('DeleteFunction')).toBeNull();
  });

  it('a function of the same name is another one', async () => {
    const { call, invoke } = emptyCloud();
    await call('CreateFunction', [], saying('one'));
    await call('PutConcurrencyConfig', ['f'], { reservedConcurrency: 1 });
    await call('DeleteFunction');
    await call('CreateFunction', [], saying('two'));
    expect(await call('GetConcurrencyConfig')).toBeNull();
    expect(await invoke()).toBe('two');
  });
});
