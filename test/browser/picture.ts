import { writeFile } from 'node:fs/promises';
import { page as report } from '../../cli/report/page.ts';
import { launch } from './chromium.ts';
import { rolesOf } from './roles.ts';

const META = { owners: [{ uid: '2000000000000002' }], madeAt: '2026-11-23T10:00:00.000Z' };

/** Takes the picture of the report page that the docs show. */
export async function main([file = 'docs/operate/report.png']: readonly string[]): Promise<void> {
  const browser = await launch();
  try {
    const page = await browser.newPage({ viewport: { width: 1180, height: 640 }, colorScheme: 'light' });
    await page.setContent(report(rolesOf(240), META));
    await writeFile(file, await page.screenshot());
  } finally {
    await browser.close();
  }
}
