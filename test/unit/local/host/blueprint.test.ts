import { describe, expect, it } from 'vitest';
import { readBlueprint } from '../../../../local/host/blueprint.ts';

const of = (expression: string): string => `\${${expression}}`;

const props = (lines: string, vars = ''): string => `
edition: 3.0.0
name: app
vars:
  region: \${env('REGION', 'cn-hangzhou')}
  memory: 256
${vars}
resources:
  one:
    component: fc3
    props:
      region: \${vars.region}
      functionName: one
      runtime: nodejs20
      code: ./dist/one
${lines}`;

const read = (lines: string, env: Record<string, string> = {}, vars = '') =>
  readBlueprint(props(lines, vars), env).functions[0];

const trigger = (lines: string): string => `
      triggers:
        - triggerName: t
${lines}`;

describe('variables', () => {
  it('the environment, with a default for what is missing or empty', () => {
    expect(read('', {})?.region).toBe('cn-hangzhou');
    expect(read('', { REGION: '' })?.region).toBe('cn-hangzhou');
    expect(read('', { REGION: 'cn-beijing' })?.region).toBe('cn-beijing');
  });

  it('a missing one is named, with its place', () => {
    const lines = `
      environmentVariables:
        OWNER: \${env('OWNER_UID')}`;
    expect(() => read(lines)).toThrow(
      'resources.one.props.environmentVariables.OWNER: environment variable OWNER_UID is not set',
    );
  });

  it('a missing one in vars is named too', () => {
    expect(() => read('', {}, `  owner: \${env('OWNER_UID')}`)).toThrow(
      'vars.owner: environment variable OWNER_UID',
    );
  });

  it('a whole expression keeps its type, one within text becomes text', () => {
    const lines = `
      memorySize: \${vars.memory}
      description: m\${vars.memory}-\${this.name}
      cpu: \${env('CPU', 0.5)}`;
    expect(read(lines)).toMatchObject({ memorySize: 256, description: 'm256-one', cpu: 0.5 });
  });

  it("another resource's props", () => {
    const yaml = `${props('')}
  two:
    component: fc3
    props:
      region: \${resources.one.props.region}
      functionName: \${resources.one.props.functionName}-two
      runtime: nodejs20
      code: ./dist/two`;
    expect(readBlueprint(yaml, {}).functions[1]).toMatchObject({
      functionName: 'one-two',
      region: 'cn-hangzhou',
    });
  });

  it('a chain longer than Serverless Devs follows is refused', () => {
    const chain = ['region', 'a', 'b', 'c', 'd']
      .map((from, i) => `  ${'abcde'[i]}: ${of(`vars.${from}`)}`)
      .join('\n');
    expect(read(`      description: ${of('vars.d')}`, {}, chain)).toMatchObject({
      description: 'cn-hangzhou',
    });
    expect(() => read(`      description: ${of('vars.e')}`, {}, chain)).toThrow(
      /more variables than Serverless Devs/,
    );
  });

  it.each([of('vars.nothing'), of('resources.x.props.y')])('%s is not found', (text) => {
    expect(() => read(`      description: ${text}`)).toThrow(
      `resources.one.props.description: ${text} not found`,
    );
  });

  it('an expression of another kind is refused', () => {
    expect(() => read(`      description: ${of("file('./x')")}`)).toThrow(
      `cannot resolve ${of("file('./x')")}`,
    );
  });
});

describe('functions', () => {
  it('get the defaults of the component', () => {
    expect(read('')).toMatchObject({
      handler: 'index.handler',
      memorySize: 512,
      cpu: 0.35,
      diskSize: 512,
      timeout: 3,
      asyncInvokeConfig: { maxAsyncRetryAttempts: 3, destinationConfig: {} },
      triggers: [],
    });
  });

  it('destinations are parsed', () => {
    const spec = read(`
      asyncInvokeConfig:
        maxAsyncRetryAttempts: 2
        destinationConfig:
          onSuccess: { destination: 'acs:fc:cn-hangzhou::functions/verify' }
          onFailure: { destination: 'acs:mns:cn-hangzhou:7:/queues/dead-letters/messages' }`);
    expect(spec?.asyncInvokeConfig.destinationConfig).toMatchObject({
      onSuccess: { destination: { type: 'function', functionName: 'verify', uid: null } },
      onFailure: { destination: { type: 'queue', queueName: 'dead-letters', uid: '7' } },
    });
  });

  const mistakes: [string, string, RegExp][] = [
    [
      'a misspelt key',
      '      memory: 512',
      /^resources\.one\.props\.memory is no key here; the nearest is "memorySize", all are .*timeout/,
    ],
    [
      'a value of another kind, which is shown',
      '      memorySize: big',
      /^resources\.one\.props\.memorySize is "big": .*number/,
    ],
    [
      'a misspelt key of a tag',
      '      tags: [{ key: team, valu: dba }]',
      /props\.tags\[0\]\.valu is no key here; the nearest is "value"/,
    ],
    [
      'a misspelt key of a network',
      '      vpcConfig: { vpcId: vpc-1, vSwitchIds: [vsw-1], securityGroupID: sg-1 }',
      /props\.vpcConfig\.securityGroupID is no key here; the nearest is "securityGroupId"/,
    ],
    ['a network to invent', '      vpcConfig: auto', /props\.vpcConfig is "auto": .*object/],
    ['a file system to invent', '      nasConfig: auto', /props\.nasConfig is no key here/],
    [
      'a value that may be a secret, which is not shown',
      '      environmentVariables: { A: 17 }',
      /^(?!.*17).*A is of/,
    ],
    [
      'a runtime of another language',
      '      handler: index.handler\n      instanceConcurrency: 20',
      /one invocation per instance/,
    ],
    [
      'a reserved name',
      '      environmentVariables: { FC_REGION: x }',
      /FC_REGION: names that begin with FC_ are reserved/,
    ],
    ['a value that is no text', '      environmentVariables: { A: 1 }', /environmentVariables\.A/],
    [
      'too much environment',
      `      environmentVariables: { A: ${'x'.repeat(4096)} }`,
      /4097 bytes of environment/,
    ],
    ['nine retries', '      asyncInvokeConfig: { maxAsyncRetryAttempts: 9 }', /maxAsyncRetryAttempts/],
    [
      'an event age over a week',
      '      asyncInvokeConfig: { maxAsyncEventAgeInSeconds: 604801 }',
      /maxAsyncEventAge/,
    ],
    [
      'a destination of another kind',
      "      asyncInvokeConfig: { destinationConfig: { onSuccess: { destination: 'acs:oss:::x' } } }",
      /destination acs:oss:::x must be/,
    ],
    [
      'an unknown trigger type',
      trigger('          triggerType: oss\n          triggerConfig: {}'),
      /trigger type "oss" is not supported/,
    ],
    [
      'a misspelt trigger setting',
      trigger(`          triggerType: timer
          triggerConfig: { cronExpresion: '@every 5m', enable: true }`),
      /cronExpression/,
    ],
    [
      'a five-field cron expression',
      trigger(`          triggerType: timer
          triggerConfig: { cronExpression: '0 3 * * *', enable: true }`),
      /six fields/,
    ],
    [
      'a topic trigger without its topic',
      trigger(`          triggerType: mns_topic
          triggerConfig: { notifyContentFormat: JSON, notifyStrategy: BACKOFF_RETRY }`),
      /sourceArn/,
    ],
    [
      'a misspelt key of a token check',
      trigger(`          triggerType: http
          triggerConfig: { authType: jwt, methods: [POST], authConfig: { jwks: { keys: [] }, tokenLookUp: [] } }`),
      /authConfig\.tokenLookUp is no key here; the nearest is "tokenLookup"/,
    ],
    [
      'a trigger of EventBridge, which nothing here has ever run',
      trigger('          triggerType: eventbridge'),
      /trigger type "eventbridge" is not supported; known are mns_topic, http, timer/,
    ],
    [
      'an unknown method',
      trigger(`          triggerType: http
          triggerConfig: { authType: anonymous, methods: [FETCH] }`),
      /methods/,
    ],
  ];
  it.each(mistakes)('%s is refused', (_name, lines, message) => {
    expect(() => read(lines)).toThrow(message);
  });

  it('the whole file is checked', () => {
    expect(() =>
      readBlueprint(props('').replace('component: fc3', 'component: fc3\n    acess: b'), {}),
    ).toThrow('s.yaml.resources.one.acess is no key here; the nearest is "access"');
    expect(() => readBlueprint(`flow: {}\n${props('')}`, {})).toThrow('s.yaml.flow is no key here');
    expect(() => readBlueprint('edition: 1.0.0\nname: a\nresources: {}', {})).toThrow(/s\.yaml\.edition/);
    expect(() => readBlueprint('a: [', {})).toThrow(/^s\.yaml: /);
    expect(() => readBlueprint(props('').replace('component: fc3', 'component: oss'), {})).toThrow(
      /component fc3/,
    );
    expect(() => readBlueprint(props('').replace('nodejs20', 'python3.10'), {})).toThrow(
      /Node\.js runtimes only/,
    );
  });

  it('two functions or triggers of one name are refused', () => {
    const twice = props('') + props('').split('resources:')[1]?.replace('one:', 'two:');
    expect(() => readBlueprint(twice, {})).toThrow('functionName one stands there twice');
    const timer = `        - { triggerName: t, triggerType: timer, triggerConfig: { cronExpression: '@every 5m', enable: true } }`;
    expect(() => read(`      triggers:\n${timer}\n${timer}`)).toThrow('trigger t of one stands there twice');
  });
});
