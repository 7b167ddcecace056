import { readdirSync, readFileSync } from 'node:fs';
import type { Metafile } from 'esbuild';

/** The file in every archive that holds code of others. */
export const NOTICES = 'THIRD-PARTY-NOTICES';

/** Folders of the packages whose code is in a bundle, sorted. */
export function packageFolders({ outputs }: Metafile): readonly string[] {
  const inside = Object.values(outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([file]) => /^(?:.*:)?(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
  return [...new Set(inside)].sort();
}

/**
 * What the licences of the bundled packages ask to be handed on with their code: name, version, licence and its text.
 * Taken from the bundler's own list of what is inside, so that none is forgotten. Throws for a package that names no
 * licence.
 */
export function noticesOf(metafile: Metafile): string {
  const parts = packageFolders(metafile).map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    if (typeof license !== 'string')
      throw new Error(`${folder} names no licence: find out which it is under`);
    return { head: `${name} ${version} (${license})`, text: textIn(folder) };
  });
  const texts = [...new Set(parts.map(({ text }) => text))];
  const blocks = texts.map((text) => {
    const heads = parts.filter((part) => part.text === text).map(({ head }) => head);
    return `${heads.join('\n')}\n\n${text ?? 'The package holds no text of its licence.'}`;
  });
  const first = 'This archive holds code of these packages, under their licences.';
  return `${[first, ...blocks].join(`\n\n${'-'.repeat(78)}\n\n`)}\n`;
}

/** The text of a package's licence; null where it has none in a file. */
function textIn(folder: string): string | null {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(name));
  return file === undefined
    ? null
    : readFileSync(`${folder}/${file}`, 'utf8').replaceAll('\r\n', '\n').trim();
}
