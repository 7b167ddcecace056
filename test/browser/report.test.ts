import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { byNeed } from '../../cli/report/order.ts';
import { type PageMeta, page as report } from '../../cli/report/page.ts';
import { visible } from '../../events/visible.ts';
import { hasChromium, launch } from './chromium.ts';
import { HOSTILE, rolesOf } from './roles.ts';

const META = { owners: [{ uid: '2000000000000002' }], madeAt: '2026-11-23T10:00:00.000Z' };
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const inBrowser = it.runIf(hasChromium);

let browser: Browser;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'report-'));
  if (hasChromium) browser = await launch();
});
afterAll(async () => {
  if (hasChromium) await browser.close();
  await rm(folder, { recursive: true });
});

/** Opens the page about some roles from the disk, and writes down what it asks for and complains about. */
async function opened(count: number, options: BrowserContextOptions = {}, meta: PageMeta = META) {
  const file = join(folder, `report-${count}.html`);
  await writeFile(file, report(rolesOf(count), meta));
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  const url = pathToFileURL(file).href;
  await page.goto(url);
  return { page, url, requests, complaints };
}

const shown = (page: Page) => page.locator('#shown').textContent();
const rowCount = (page: Page) => page.locator('tbody tr[aria-rowindex]').count();
const focused = (page: Page) => page.evaluate('document.activeElement.textContent');

/** Cells that do not hold what stands in them. */
const OVERFLOWING = `[...document.querySelectorAll('#matrix th, #matrix td')]
  .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)`;

/** Names of roles and findings of which a part is not shown. */
const CUT_OFF = `[...document.querySelectorAll('.role, tbody .what')]
  .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)`;

/** What axe finds wrong, as `rule: selector`. */
async function axe(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(AXE, 'utf8'));
  const found: { violations: { id: string; nodes: { target: string[] }[] }[] } = await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] })',
  );
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`);
}

/**
 * Answers, each time, how long the page's main thread has worked since, in ms: what others do on the machine is
 * left out.
 */
async function mainThread(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  let before = 0;
  const work = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const now = (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000;
    const since = now - before;
    before = now;
    return since;
  };
  await work();
  return work;
}

describe('the report page', () => {
  inBrowser('shows the roles, asks for nothing and complains of nothing', async () => {
    const { page, url, requests, complaints } = await opened(200);
    await expect.poll(() => shown(page)).toBe('200 roles');
    expect(await page.locator('tbody tr').first().getAttribute('class')).toBe('failed');
    expect([requests, complaints]).toEqual([[url], []]);
  });

  inBrowser('of several owners shows one of them, or all', async () => {
    const owners = [{ uid: '2000000000000002', name: HOSTILE }, { uid: '3' }];
    const unverified = [{ what: 'account 3 (far)', reason: 'its role is not there' }];
    const { page, complaints } = await opened(200, {}, { ...META, owners, unverified });
    expect(await page.locator('.unverified').last().textContent()).toBe(
      'account 3 (far) was not verified: its role is not there',
    );
    await page.getByLabel('Owner').selectOption('3');
    await expect.poll(() => shown(page)).toBe('0 of 200 roles');
    await page.getByLabel('Owner').selectOption('2000000000000002');
    await expect.poll(() => shown(page)).toBe('200 roles');
    expect(await page.locator('tbody td.of').first().textContent()).toBe(visible(HOSTILE));
    expect(await page.evaluate('window.owned')).toBeUndefined();
    expect(await axe(page)).toEqual([]);
    expect(complaints).toEqual([]);
    const one = await opened(200);
    expect(await one.page.getByLabel('Owner').count()).toBe(0);
    expect(await one.page.locator('.of').count()).toBe(0);
  });

  inBrowser('filters by requester, engine, verdict and failed check, all of them together', async () => {
    const { page, complaints } = await opened(400);
    const roles = rolesOf(400);
    const uid = roles[123]?.requesterUid ?? '';
    await page.getByLabel('Requester').fill(uid);
    await expect.poll(() => shown(page)).toBe('1 of 400 roles');
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(() => shown(page)).toBe('400 roles');
    const failed = roles.filter(({ status }) => status === 'failed');
    await page.getByLabel('Verdict').selectOption('failed');
    await expect.poll(() => shown(page)).toBe(`${failed.length} of 400 roles`);
    await page.getByLabel('Engine').selectOption('redis');
    const both = failed.filter(({ checks }) => checks.some(({ id }) => id === 'engine:redis'));
    await expect.poll(() => shown(page)).toBe(`${both.length} of 400 roles`);
    await page.getByRole('button', { name: 'Show all' }).click();
    const attached = failed.filter(({ checks }) =>
      checks.some(({ id, status }) => id === 'policies-attached' && status === 'fail'),
    );
    expect(attached.length).toBeLessThan(failed.length);
    await page.getByLabel('Failed check').selectOption('policies-attached');
    await expect.poll(() => shown(page)).toBe(`${attached.length} of 400 roles`);
    await page.getByLabel('Requester').fill('no such requester');
    await expect.poll(() => shown(page)).toBe('0 of 400 roles');
    expect(await rowCount(page)).toBe(0);
    expect(await page.locator('#none').textContent()).toContain('Show all');
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.locator('#none').waitFor({ state: 'hidden' });
    await expect.poll(() => shown(page)).toBe('400 roles');
    expect(complaints).toEqual([]);
  });

  inBrowser('says of a role what failed and what to do, and makes nothing of markup in it', async () => {
    const { page, complaints } = await opened(200);
    const [first] = rolesOf(200).filter(({ status }) => status === 'failed');
    await page.getByLabel('Requester').fill(first?.requesterUid ?? '');
    await page.locator('.role').first().click();
    const card = page.getByRole('dialog');
    expect(await card.locator('h2').textContent()).toBe(first?.roleArn);
    const item = card.locator('li.fail');
    expect(await item.textContent()).toContain(`the policy ${visible(HOSTILE)} is attached`);
    expect(visible(HOSTILE)).toContain('\\u2028\\u202e\\u001b');
    expect(await item.textContent()).toContain('What to do: send the request again');
    expect(await page.evaluate('window.owned')).toBeUndefined();
    expect(await page.locator('img').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  inBrowser('of no roles says so', async () => {
    const { page, complaints } = await opened(0);
    await expect.poll(() => shown(page)).toBe('0 roles');
    expect(await page.locator('#none').textContent()).toContain('There are no roles yet');
    expect(await axe(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  inBrowser('has its focus ring in full, also on the first role under the head', async () => {
    const { page } = await opened(60);
    await page.locator('.role').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    const offset = await page.evaluate('parseFloat(getComputedStyle(document.activeElement).outlineOffset)');
    const width = await page.evaluate('parseFloat(getComputedStyle(document.activeElement).outlineWidth)');
    expect(width).toBeGreaterThanOrEqual(2);
    expect(offset).toBe(-Number(width));
  });

  inBrowser('can be used with the keyboard alone', async () => {
    const { page } = await opened(500);
    for (let presses = 0; presses < 12; presses += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate("document.activeElement.classList.contains('role')")) break;
    }
    const names = await page.locator('.role').allTextContents();
    expect(await focused(page)).toBe(names[0]);
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe(names[1]);
    await page.keyboard.press('End');
    expect(await page.evaluate('document.activeElement.closest("tr").ariaRowIndex')).toBe('501');
    await page.keyboard.press('PageUp');
    const before = await focused(page);
    // A page of this window holds more than ten roles.
    expect(Number(await page.evaluate('document.activeElement.closest("tr").ariaRowIndex'))).toBeLessThan(
      491,
    );
    await page.keyboard.press('PageDown');
    expect(await page.evaluate('document.activeElement.closest("tr").ariaRowIndex')).toBe('501');
    await page.keyboard.press('PageUp');
    expect(await focused(page)).toBe(before);
    await page.keyboard.press('Enter');
    expect(await page.getByRole('dialog').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').isVisible()).toBe(false);
    expect(await focused(page)).toBe(before);
    await page.keyboard.press('Home');
    expect(await focused(page)).toBe(names[0]);
    await page.keyboard.press('Tab');
    expect(await page.evaluate("document.activeElement.classList.contains('role')")).toBe(false);
  });

  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1280, 380])
      inBrowser(
        `axe finds nothing, ${colorScheme}, ${width} wide, with and without a role open`,
        async () => {
          const { page } = await opened(60, { colorScheme, viewport: { width, height: 800 } });
          expect(await axe(page)).toEqual([]);
          await page.locator('.role').first().click();
          expect(await axe(page)).toEqual([]);
        },
      );

  inBrowser('fits a phone: no scrolling sideways, and what failed beside the role', async () => {
    const { page } = await opened(200, {
      viewport: { width: 380, height: 740 },
      hasTouch: true,
      isMobile: true,
    });
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(
      await page.evaluate(
        'document.getElementById("frame").scrollWidth <= document.getElementById("frame").clientWidth',
      ),
    ).toBe(true);
    expect(await page.locator('tbody tr.failed .what').first().isVisible()).toBe(true);
    expect(await page.evaluate(CUT_OFF)).toEqual([]);
    await page.locator('.role').first().tap();
    const box = await page.getByRole('dialog').boundingBox();
    expect(box?.width ?? Number.NaN).toBeLessThanOrEqual(380);
  });

  inBrowser('prints every role that is shown, and what failed on a page of its own', async () => {
    const { page } = await opened(300);
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    await page.emulateMedia({ media: 'print' });
    expect(await rowCount(page)).toBe(300);
    expect(await page.locator('#paper li.fail').count()).toBe(
      rolesOf(300).filter(({ status }) => status === 'failed').length,
    );
    expect(await page.locator('#filters').isVisible()).toBe(false);
    // The width of A4, in which all of the matrix must find room.
    await page.setViewportSize({ width: 794, height: 1123 });
    expect(await page.evaluate(OVERFLOWING)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(794);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.emulateMedia({ media: 'screen' });
    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    expect(await rowCount(page)).toBeLessThan(100);
    expect((await page.pdf()).length).toBeGreaterThan(10_000);
  });

  inBrowser('draws 20,000 roles as few at a time as can be seen, wherever it is scrolled to', async () => {
    const { page, complaints } = await opened(20_000);
    await expect.poll(() => shown(page)).toBe('20,000 roles');
    const work = await mainThread(page);
    const jumps: { rows: number; last: string } = await page.evaluate(`(async () => {
      const frame = document.getElementById('frame');
      let rows = 0;
      for (let step = 0; step <= 100; step += 1) {
        frame.scrollTop = frame.scrollHeight * step / 100;
        await new Promise(requestAnimationFrame);
        rows = Math.max(rows, document.querySelectorAll('tbody tr').length);
      }
      await new Promise(requestAnimationFrame);
      return { rows, last: [...document.querySelectorAll('tbody tr[aria-rowindex]')].at(-1).ariaRowIndex };
    })()`);
    const jump = (await work()) / 101;
    const wheel: { draws: number; widths: number } = await page.evaluate(`(async () => {
      const frame = document.getElementById('frame');
      const widths = new Set();
      let draws = 0;
      frame.scrollTop = 1000;
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      new MutationObserver(() => { draws += 1; }).observe(document.getElementById('rows'), { childList: true });
      for (let step = 0; step < 100; step += 1) {
        frame.scrollTop += 40;
        await new Promise(requestAnimationFrame);
        widths.add([...document.querySelectorAll('thead th')].map((th) => th.getBoundingClientRect().width).join());
      }
      return { draws, widths: widths.size };
    })()`);
    const turn = (await work()) / 100;
    await page.getByLabel('Verdict').selectOption('verified');
    await page.evaluate('new Promise(requestAnimationFrame)');
    const filter = await work();
    process.stdout.write(
      `20,000 roles, work of the browser's main thread: ${[jump, turn, filter].map((ms) => ms.toFixed(0)).join(', ')} ms for a jump, a turn of the wheel, a filter\n`,
    );
    // 4,000 pixels are 125 rows: what is drawn once lasts for some turns, and no column moves.
    expect(wheel.draws).toBeGreaterThan(4);
    expect(wheel.draws).toBeLessThan(25);
    expect(wheel.widths).toBe(1);
    expect(jumps.rows).toBeLessThan(100);
    expect(jumps.last).toBe('20001');
    expect(complaints).toEqual([]);
  });

  inBrowser('sorts by a click and by a key, and says so to whoever does not see it', async () => {
    const { page, complaints } = await opened(60);
    const first = () => page.locator('tbody .role').first().textContent();
    const head = page.locator('th.first');
    const uids = rolesOf(60).map(({ requesterUid }) => requesterUid);
    expect(await head.getAttribute('aria-sort')).toBe('none');
    await page.locator('[data-sort=requester]').click();
    expect(await head.getAttribute('aria-sort')).toBe('ascending');
    expect(await first()).toContain(uids[0]);
    await page.keyboard.press('Enter');
    expect(await head.getAttribute('aria-sort')).toBe('descending');
    expect(await first()).toContain(uids.at(-1));
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate('document.activeElement.dataset.sort')).toBe('verdict');
    await page.keyboard.press('Space');
    expect(await head.getAttribute('aria-sort')).toBe('none');
    expect(await page.locator('th.verdict').getAttribute('aria-sort')).toBe('ascending');
    expect(complaints).toEqual([]);
  });

  inBrowser('says what a check means to whoever points at its head or comes to it by key', async () => {
    const { page } = await opened(60);
    const tip = page.locator('#tip');
    await page.locator('[data-sort=trust-dms]').hover();
    expect(await tip.textContent()).toContain('trusts DMS');
    await page.mouse.move(2, 2);
    await expect.poll(() => tip.isVisible()).toBe(false);
    await page.locator('[data-sort=ownership]').focus();
    expect(await tip.textContent()).toContain('managed-by=dms-handshake');
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await tip.isVisible()).toBe(false);
  });

  inBrowser('has filters, order and the open role in its address, and opens as it was sent', async () => {
    const { page, url } = await opened(200);
    await page.getByLabel('Verdict').selectOption('failed');
    await page.locator('[data-sort=requester]').click();
    await page.locator('[data-sort=requester]').click();
    await page.locator('.role').first().click();
    const [rows, title, sent] = [await shown(page), await page.locator('h2').textContent(), page.url()];
    expect(sent).toContain('#verdict=failed&sort=requester&down=1&role=');
    await page.goto('about:blank');
    await page.goto(sent);
    expect([await shown(page), await page.locator('h2').textContent()]).toEqual([rows, title]);
    expect(await page.locator('th.first').getAttribute('aria-sort')).toBe('descending');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(() => page.url()).toBe(url);
  });

  inBrowser('copies an ARN, and saves what is shown as CSV and as JSON', async () => {
    const { page, complaints } = await opened(60, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByLabel('Verdict').selectOption('failed');
    const [failed] = rolesOf(60)
      .filter(({ status }) => status === 'failed')
      .toSorted(byNeed);
    await page.locator('tbody .copy').first().click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(failed?.roleArn);
    expect(await page.getByRole('dialog').isVisible()).toBe(false);
    for (const name of ['CSV', 'JSON']) {
      const waiting = page.waitForEvent('download');
      await page.getByRole('button', { name, exact: true }).click();
      const text = await readFile(await (await waiting).path(), 'utf8');
      expect(text).toContain(failed?.roleArn);
      expect(text).not.toContain('verified');
    }
    expect(complaints).toEqual([]);
  });

  inBrowser('of few roles has no frame larger than they are', async () => {
    const { page } = await opened(3);
    const unused = await page.evaluate(
      'document.getElementById("frame").clientHeight - document.getElementById("matrix").offsetHeight',
    );
    expect(Number(unused)).toBeLessThan(20);
  });

  it('can be opened anywhere: one file that names no other', async () => {
    const html = report(rolesOf(50), META);
    // However it is quoted. What stands in the data is no element: `<` is written otherwise there.
    expect(html.match(/<\w[^>]*\b(src|href|srcset|action|data)\s*=(?!"data:,")/gi)).toBeNull();
    expect(html).toContain('href="data:,"');
    expect(html).not.toMatch(/url\(|@import|fetch\(|XMLHttpRequest|WebSocket/);
    expect(html).toContain('http-equiv="Content-Security-Policy"');
    expect(html.match(/<script/g)).toHaveLength(2);
  });

  it('the pictures in the docs are kept, and small', async () => {
    for (const name of ['report', 'report-dark'])
      expect((await stat(`docs/operate/${name}.png`)).size).toBeLessThan(200_000);
  });
});
