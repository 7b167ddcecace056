import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const path = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** Whether there is a browser to test in. */
export const hasChromium = existsSync(path);

if (!hasChromium)
  process.stdout.write(
    `no browser at ${path}, so the tests of the report page are left out; get one with "apt-get install -y chromium", or set CHROMIUM_PATH\n`,
  );

/** Starts it without anything that goes to the network by itself. */
export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: path,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
