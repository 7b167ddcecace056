import { howToGet } from './component.ts';
import type { Tool } from './tool.ts';
import type { Project } from './wanted.ts';

/** What to do after a deployment that is not whole. `said`: what the tool wrote. */
export function adviceAfter(
  said: string,
  { triggers }: { readonly triggers: boolean },
  { tool }: { readonly tool: Pick<Tool, 'has'> },
  { template }: Pick<Project, 'template'>,
): string {
  const component = Object.values(template.resources)[0]?.component ?? '';
  if (!tool.has(component)) return howToGet(component);
  const right = /AccessDenied|NoPermission|Forbidden|not authorized|\b403\b/i.test(said)
    ? 'a right is missing: deploy/rights/dms-handshake-deployer.json has all that are needed; then '
    : '';
  const so = triggers ? 'the functions are whole' : 'no trigger was made or changed';
  return `${so}; ${right}run npm run deploy again, it starts from what is there`;
}
