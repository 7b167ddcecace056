import { isAscii } from 'node:buffer';
import { XmlElement as Parsed, parseXml, XmlText } from '@rgrove/parse-xml';
import { mnsError } from '../errors.ts';
import { MAX_DEPTH, readPlain } from './plain.ts';

/** An element of a request: its children, and the text directly in it. Attributes and comments are dropped. */
export interface XmlElement {
  readonly name: string;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** The production Char of XML 1.0: no controls but tab and line ends, no half of a surrogate pair. */
const XML_CHARACTERS = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
/** One that has no end goes up to that of the text: else each of many would be looked for to the end. */
const CDATA_OR_COMMENT = /<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<!--[\s\S]*?(?:-->|$)/g;
const OTHER_ENCODING = /^\s*<\?xml[^>]*encoding\s*=\s*["'](?!utf-8["'])/i;

/**
 * Parses a request body strictly: UTF-8, well-formed XML 1.0, one root, no document type (so no entities but the five
 * and character numbers). Line ends come out as `\n`, as XML prescribes. Throws `MalformedXML` 400.
 */
export function readXml(body: Buffer): XmlElement {
  const source = isAscii(body) ? body.toString('latin1') : decodeUtf8(body);
  return readPlain(source) ?? readAny(source);
}

function readAny(source: string): XmlElement {
  if (source.replace(CDATA_OR_COMMENT, '').includes('<!')) throw malformed('a document type declaration');
  if (OTHER_ENCODING.test(source)) throw malformed('an encoding other than UTF-8');
  return parse(source);
}

/** Whether a text can stand in an XML document at all. */
export function isXmlText(text: string): boolean {
  return XML_CHARACTERS.test(text);
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decodeUtf8(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch {
    throw malformed('the body is not UTF-8');
  }
}

function parse(source: string): XmlElement {
  try {
    const { root } = parseXml(source);
    if (root === null) throw new Error('not exactly one root element');
    return elementOf(root);
  } catch (error) {
    const said = error instanceof Error ? error.message : 'it could not be parsed';
    // Of the lines the first: the others show the document.
    throw malformed(said.replace(/\n.*/s, ''));
  }
}

function elementOf({ name, children: nodes }: Parsed, depth = 1): XmlElement {
  if (depth > MAX_DEPTH) throw new Error(`more than ${MAX_DEPTH} elements within each other`);
  const children: XmlElement[] = [];
  let text = '';
  for (const node of nodes) {
    if (node instanceof Parsed) children.push(elementOf(node, depth + 1));
    else if (node instanceof XmlText) text += node.text;
  }
  return { name, children, text };
}

function malformed(why: string): Error {
  return mnsError('MalformedXML', `The XML you provided was not well-formed: ${why}.`);
}
