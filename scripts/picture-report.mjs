/** Takes docs/operate/report.png anew, in Chromium: after a change of the page, since no test compares pictures. */
import { runMain } from './bundled.mjs';

await runMain('test/browser/picture.ts');
