/** The secrets of clients in a local cloud: for the functions, for the client of the demonstration, and what is made up. */
export interface ClientSecrets {
  /** By variable. */
  readonly values: Readonly<Record<string, string>>;
  /** Variables that are not set: their values stand in. */
  readonly standIns: readonly string[];
}

/** Set by the local cloud itself. */
const OWN = ['OWNER_UID', 'REGION'];

/**
 * Finds every variable that an `s.yaml` takes from the environment without a default, as secrets of clients are
 * (`JIRA_TOKEN: ${env('JIRA_TOKEN')}`), and gives each a value: that of the environment, or `standIn`.
 */
export function clientSecrets(
  yaml: string,
  environment: Readonly<Record<string, string | undefined>>,
  standIn: string,
): ClientSecrets {
  const found = [...yaml.matchAll(/^[^#\n]*\benv\(\s*['"](\w+)['"]\s*\)/gm)].map(([, name = '']) => name);
  const names = [...new Set(found)].filter((name) => !OWN.includes(name));
  return {
    values: Object.fromEntries(names.map((name) => [name, environment[name] || standIn])),
    standIns: names.filter((name) => !environment[name]),
  };
}

/** Says on standard error which values stand in; for whoever starts a local cloud. */
export const standInNote = (names: readonly string[]): string =>
  names.map((name) => `note: ${name} is not set; a made-up value stands in for it\n`).join('');
