/** What to do where the tool's component is not there and its registry is not reached. */
export const howToGet = (component: string): string => {
  const [name = '', version = ''] = component.split('@');
  return [
    `the component ${component} is not on this machine, and the tool could not load it from its registry.`,
    `Where registry.devsapp.cn is reached, any run loads it: npm run deploy. Else copy it from a machine that has it,`,
    `~/.s/components/devsapp.cn/v3/${component} (and fc3-domain@0.0.29 beside it), or build it from the tag ${version}`,
    `of github.com/devsapp/${name} and put it there with a file .s.lock that holds {"version":"${version}"}`,
  ].join('\n');
};
