/** One bar: `ours` are drawn in colour, what they are compared with in grey. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly ours: boolean;
}

export interface Group {
  readonly title: string;
  readonly unit: string;
  readonly bars: readonly Bar[];
}

const WIDTH = 720;
const NAMES = 230;
const VALUES = 90;
const ROW = 24;
const TITLE = 34;

/** Bars in groups, each group to its own scale. Follows the light or dark setting. */
export function chart(title: string, groups: readonly Group[]): string {
  let y = 8;
  const parts: string[] = [];
  for (const { title: name, unit, bars } of groups) {
    parts.push(`<text class="title" x="0" y="${y + 20}">${escaped(`${name}, ${unit}`)}</text>`);
    y += TITLE;
    const most = Math.max(...bars.map(({ value }) => value));
    for (const bar of bars) {
      const width = Math.max(1, Math.round(((WIDTH - NAMES - VALUES) * bar.value) / most));
      parts.push(
        `<text x="${NAMES - 10}" y="${y + 15}" text-anchor="end">${escaped(bar.name)}</text>`,
        `<rect class="${bar.ours ? 'ours' : 'theirs'}" x="${NAMES}" y="${y + 2}" width="${width}" height="${ROW - 6}" rx="2"/>`,
        `<text x="${NAMES + width + 8}" y="${y + 15}">${bar.value}</text>`,
      );
      y += ROW;
    }
    y += 12;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" width="${WIDTH}" height="${y}" role="img" aria-label="${escaped(title)}">
<style>
text { font: 13px system-ui, sans-serif; fill: #1f2328 }
.title { font-weight: 600 }
.ours { fill: #0969da }
.theirs { fill: #8c959f }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .ours { fill: #4493f8 } .theirs { fill: #656c76 } }
</style>
${parts.join('\n')}
</svg>
`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
