import { describe, expect, it } from 'vitest';
import { type Options, readOptions } from '../../../scripts/deployment/options.ts';

const ALL = ['help', 'preview', 'local', 'yes', 'alias', 'output'] as const;
const NONE: Options = { help: false, preview: false, local: false, yes: false, alias: null, output: null };
const FILES =
  's.yaml is what is checked and deployed, s.logs.yaml with LOG_PROJECT, s.notify.yaml with NOTIFY; leave it out';
const THERE_ARE =
  'there are --help, -h, --preview, --local, -a, --access, -o, -y, --assume-yes, --output-format';

describe('the options of a deployment', () => {
  it.each<[string, Partial<Options>]>([
    ['', {}],
    ['--help', { help: true }],
    ['-h', { help: true }],
    ['--preview', { preview: true }],
    ['--local', { local: true }],
    ['-y', { yes: true }],
    ['--assume-yes', { yes: true }],
    ['-a owner-b', { alias: 'owner-b' }],
    ['--access owner-b --preview', { alias: 'owner-b', preview: true }],
    ['--access=owner-b', { alias: 'owner-b' }],
    ['--access=a=b --local', { alias: 'a=b', local: true }],
    ['-o json', { output: 'json' }],
    ['--output-format raw', { output: 'raw' }],
  ])('are taken: %s', (line, options) => {
    expect(readOptions(line.split(' ').filter(Boolean), ALL)).toEqual({
      options: { ...NONE, ...options },
      faults: [],
    });
  });

  it.each<[string, string[]]>([
    ['-t other.yaml', [`-t: ${FILES}`, `other.yaml: there is no such option (${THERE_ARE})`]],
    ['--template=other.yaml', [`--template=other.yaml: ${FILES}`]],
    ['--env', ['--env: variables of the environment are what differs between deployments; leave --env out']],
    [
      '--debug',
      ['--debug: it makes the tool talk plain HTTP and print every variable, secrets included; leave it out'],
    ],
    ['--preveiw', [`--preveiw: there is no such option; the nearest is --preview (${THERE_ARE})`]],
    ['--locxyz', [`--locxyz: there is no such option; the nearest is --local (${THERE_ARE})`]],
    ['--lowxyz', [`--lowxyz: there is no such option (${THERE_ARE})`]],
    ['preview', [`preview: there is no such option (${THERE_ARE})`]],
    ['--preview=yes', ['--preview=yes: --preview takes no value']],
    ['-a', ['-a: a value must follow']],
    ['-a --local', ['-a: a value must follow']],
    ['--access= --local', ['--access: a value must follow']],
    ['-o=json', [`-o=json: there is no such option (${THERE_ARE})`]],
  ])('are refused where they would do something else: %s', (line, faults) => {
    expect(readOptions(line.split(' '), ALL).faults).toEqual(faults);
  });

  it('of another command are not taken, and not named', () => {
    expect(readOptions(['--preview', '-o', '-y'], ['help', 'local']).faults).toEqual(
      ['--preview', '-o', '-y'].map((word) =>
        expect.stringMatching(`^${word}: there is no such option.* \\(there are --help, -h, --local\\)$`),
      ),
    );
  });
});
