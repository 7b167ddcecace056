import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { openDoor } from '../../local/cloud/http/server.ts';
import { createQueue } from '../../local/cloud/mns/index.ts';
import { TestClock } from '../kit/clock.ts';
import { addRole, twoAccounts } from '../kit/two-accounts.ts';
import { services } from '../unit/local/http/setup.ts';
import { hasChromium, launch } from './chromium.ts';

const inBrowser = it.runIf(hasChromium);

let browser: Browser;
beforeAll(async () => {
  if (hasChromium) browser = await launch();
});
afterAll(async () => {
  if (hasChromium) await browser.close();
});

inBrowser(
  'the page of a local cloud filters its rows, and shows what is new without being asked',
  async () => {
    const { world, owner } = twoAccounts(new TestClock());
    const door = await openDoor(world, owner, services);
    onTestFinished(() => door.close());
    for (const name of ['shown', 'hidden', '<b>bold</b>']) addRole(owner, name, {});
    const page = await browser.newPage();
    onTestFinished(() => page.close());
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${door.url}/_local`);
    await page.fill('#filter', 'shown');
    expect(await page.locator('tbody tr:visible').allInnerTexts()).toEqual([
      expect.stringContaining('shown'),
    ]);
    createQueue(world, owner, 'shown-later');
    await page.waitForSelector('td:has-text("shown-later")');
    expect(await page.locator('tbody tr:visible').count()).toBe(2);
    expect(await page.locator('b').count()).toBe(0);
    expect(complaints).toEqual([]);
  },
);
