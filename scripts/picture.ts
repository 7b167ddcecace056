/** Takes docs/operate/report.png and report-dark.png anew, in Chromium: after a change of the page, since no test compares pictures. */
export { main } from '../test/browser/picture.ts';
