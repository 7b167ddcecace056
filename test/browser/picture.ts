import { writeFile } from 'node:fs/promises';
import { page as report } from '../../cli/report/page.ts';
import { launch } from './chromium.ts';
import { rolesOf } from './roles.ts';

const META = { owners: [{ uid: '2000000000000002' }], madeAt: '2026-11-23T10:00:00.000Z' };

const FILES = [
  ['light', 'docs/operate/report.png'],
  ['dark', 'docs/operate/report-dark.png'],
] as const;

/** Names of requesters, as `requesters.json` has them. */
const NAMES = ['dba-platform', 'payments', 'search'];

/** Takes the pictures of the report page that the docs show, light and dark. */
export async function main(): Promise<void> {
  const browser = await launch();
  try {
    const roles = rolesOf(240);
    const names = new Map(roles.map(({ requesterUid }, n) => [requesterUid, NAMES[n % NAMES.length] ?? '']));
    for (const [colorScheme, file] of FILES) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 640 }, colorScheme });
      await page.setContent(report(roles, { ...META, names }));
      await writeFile(file, await page.screenshot());
      await page.close();
    }
  } finally {
    await browser.close();
  }
}
