import { XMLParser, XMLValidator } from 'fast-xml-parser';
import * as z from 'zod';
import { mnsError } from '../errors.ts';
import { decodeEntities } from './entities.ts';

/** An element of a request: its children, and the text directly in it. Attributes and comments are dropped. */
export interface XmlElement {
  readonly name: string;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** What the parser gives with `preserveOrder`: one key, the name, and the nodes or the text under it. */
const Nodes = z.array(z.record(z.string(), z.unknown()));

// Entities are decoded here and not by the library, which passes unknown ones and numbers through as they are.
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: '#cdata',
  commentPropName: '#comment',
});

/** The production Char of XML 1.0: no controls but tab and line ends, no half of a surrogate pair. */
const XML_CHARACTERS = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
const CDATA_OR_COMMENT = /<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->/g;
const OTHER_ENCODING = /^\s*<\?xml[^>]*encoding\s*=\s*["'](?!utf-8["'])/i;

/**
 * Parses a request body strictly: UTF-8, well-formed XML 1.0, one root, no document type (so no entities but the five
 * and character numbers). Line ends come out as `\n`, as XML prescribes. Throws `MalformedXML` 400.
 */
export function readXml(body: Buffer): XmlElement {
  const source = decodeUtf8(body);
  if (!isXmlText(source)) throw malformed('a character that XML does not allow');
  if (source.replace(CDATA_OR_COMMENT, '').includes('<!')) throw malformed('a document type declaration');
  if (OTHER_ENCODING.test(source)) throw malformed('an encoding other than UTF-8');
  const valid = XMLValidator.validate(source);
  if (valid !== true) throw malformed(valid.err.msg);
  const roots = elementsOf(parse(source));
  const [root] = roots;
  if (root === undefined || roots.length > 1) throw malformed('not exactly one root element');
  return root;
}

/** Whether a text can stand in an XML document at all. */
export function isXmlText(text: string): boolean {
  return XML_CHARACTERS.test(text);
}

function decodeUtf8(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw malformed('the body is not UTF-8');
  }
}

function parse(source: string): unknown {
  try {
    return parser.parse(source);
  } catch {
    throw malformed('it could not be parsed');
  }
}

function elementsOf(nodes: unknown): XmlElement[] {
  return Nodes.parse(nodes).flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== ':@') ?? '';
    if (name.startsWith('#') || name.startsWith('?')) return [];
    return [{ name, children: elementsOf(node[name]), text: textOf(node[name]) }];
  });
}

function textOf(nodes: unknown): string {
  return Nodes.parse(nodes)
    .map((node) => {
      if (typeof node['#text'] === 'string') return decodeText(node['#text']);
      return node['#cdata'] === undefined ? '' : rawText(node['#cdata']);
    })
    .join('');
}

function rawText(nodes: unknown): string {
  return Nodes.parse(nodes)
    .map((node) => (typeof node['#text'] === 'string' ? node['#text'] : ''))
    .join('');
}

function decodeText(text: string): string {
  if (text.includes(']]>')) throw malformed(']]> outside of CDATA');
  const decoded = decodeEntities(text);
  if (decoded === null || !isXmlText(decoded)) throw malformed('an unknown entity');
  return decoded;
}

function malformed(why: string): Error {
  return mnsError('MalformedXML', `The XML you provided was not well-formed: ${why}.`);
}
