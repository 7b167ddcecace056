import { escapeText } from './entities.ts';

/** Without a slash at the end, which requests have: the vendor's Java client reads no answer with one. */
const NAMESPACE = 'http://mns.aliyuncs.com/doc/v1';

/** The content of an element: names in the order in which they are written; an array repeats its element. */
export interface XmlTree {
  readonly [name: string]: XmlValue | readonly XmlValue[] | undefined;
}
export type XmlValue = string | number | boolean | XmlTree;

/** A document with the vendor's declaration and namespace. `undefined` values are left out. */
export function writeXml(root: string, tree: XmlTree): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${NAMESPACE}">${writeTree(tree)}</${root}>`;
}

function writeTree(tree: XmlTree): string {
  let text = '';
  for (const [name, value] of Object.entries(tree)) {
    if (value === undefined) continue;
    for (const one of isArray(value) ? value : [value]) text += `<${name}>${writeValue(one)}</${name}>`;
  }
  return text;
}

/** `Array.isArray` does not narrow a readonly array. */
function isArray(value: XmlValue | readonly XmlValue[]): value is readonly XmlValue[] {
  return Array.isArray(value);
}

function writeValue(value: XmlValue): string {
  if (typeof value === 'object') return writeTree(value);
  // The vendor writes booleans with a capital letter: `<LoggingEnabled>True</LoggingEnabled>`.
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return escapeText(String(value));
}
