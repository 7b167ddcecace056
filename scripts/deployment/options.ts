import { closest, distance } from 'fastest-levenshtein';

/** What `npm run deploy` and its kin were asked for. */
export interface Options {
  readonly help: boolean;
  /** Renders the file and reaches nothing. */
  readonly preview: boolean;
  /** Into the running local cloud. */
  readonly local: boolean;
  /** Changes nothing, since nothing is asked: who knows the tool writes it. */
  readonly yes: boolean;
  /** An alias of Serverless Devs; null: the keys that every command of ours uses. */
  readonly alias: string | null;
  /** Form of the preview: `default`, `json`, `yaml`, `raw`. */
  readonly output: string | null;
}

const FLAGS: Readonly<Record<string, keyof Options>> = {
  '--help': 'help',
  '-h': 'help',
  '--preview': 'preview',
  '--local': 'local',
  '-a': 'alias',
  '--access': 'alias',
  '-o': 'output',
  '-y': 'yes',
  '--assume-yes': 'yes',
  '--output-format': 'output',
};

const FILES =
  's.yaml is what is checked and deployed, s.logs.yaml with LOG_PROJECT, s.notify.yaml with NOTIFY; leave it out';

/** What the tool takes and must not get, each with the reason. */
const REFUSED: Readonly<Record<string, string>> = {
  '-t': FILES,
  '--template': FILES,
  '--env': 'variables of the environment are what differs between deployments; leave --env out',
  '--debug': 'it makes the tool talk plain HTTP and print every variable, secrets included; leave it out',
};

/** Reads the words of a command line. Faults are one sentence each; with any, nothing may be done. */
export function readOptions(
  words: readonly string[],
  allowed: readonly (keyof Options)[],
): { readonly options: Options; readonly faults: readonly string[] } {
  const options = { help: false, preview: false, local: false, yes: false, alias: null, output: null } as {
    -readonly [Key in keyof Options]: Options[Key];
  };
  const flags = Object.keys(FLAGS).filter((flag) => allowed.includes(FLAGS[flag] ?? 'help'));
  const faults: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const [flag = '', inline] = word.startsWith('--') ? word.split(/=(.*)/s) : [word];
    const name = flags.includes(flag) ? FLAGS[flag] : undefined;
    if (name === undefined) {
      faults.push(`${word}: ${REFUSED[flag] ?? unknown(flag, flags)}`);
    } else if (name === 'alias' || name === 'output') {
      const value = inline ?? words[index + 1] ?? '';
      if (inline === undefined) index += 1;
      if (value === '' || value.startsWith('-')) faults.push(`${flag}: a value must follow`);
      else options[name] = value;
    } else if (inline === undefined) options[name] = true;
    else faults.push(`${word}: ${flag} takes no value`);
  }
  return { options, faults };
}

function unknown(flag: string, flags: readonly string[]): string {
  const nearest = closest(flag, [...flags]);
  const all = `there are ${flags.join(', ')}`;
  return flag.startsWith('-') && distance(flag, nearest) <= 3
    ? `there is no such option; the nearest is ${nearest} (${all})`
    : `there is no such option (${all})`;
}
