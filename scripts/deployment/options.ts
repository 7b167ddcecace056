const OTHER_FILE = /^(-t|--template)(=|$)/;
const OTHER_ENVIRONMENT = /^--env(=|$)/;

/** Options of Serverless Devs that would deploy something else than what was checked, one sentence each. */
export const optionFaults = (options: readonly string[]): readonly string[] =>
  options.flatMap((option) => {
    if (OTHER_FILE.test(option))
      return [
        `${option}: s.yaml is what is checked and deployed, or s.logs.yaml with LOG_PROJECT; leave it out`,
      ];
    if (OTHER_ENVIRONMENT.test(option))
      return [
        `${option}: variables of the environment are what differs between deployments; leave --env out`,
      ];
    return [];
  });
