import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPlain } from '../../../../local/cloud/mns/xml/plain.ts';
import { readXml, type XmlElement } from '../../../../local/cloud/mns/xml/read.ts';

/** What the parser says, which has to look since a comment follows; null for a refusal. */
function parsed(source: string): XmlElement | null {
  try {
    return readXml(Buffer.from(`${source}<!---->`));
  } catch {
    return null;
  }
}

const piece = fc.constantFrom(
  '<?xml version="1.0"?>',
  '<?xml version="1.0" encoding="UTF-8"?>',
  '<Message>',
  '<Message xmlns="http://mns.aliyuncs.com/doc/v1/">',
  '</Message>',
  '<a>',
  '</a>',
  '<a/>',
  '<a b="c">',
  'text',
  'é',
  '\u00a0',
  '😀',
  '\n',
  '\r',
  ' ',
  '>',
  ']]>',
  '&amp;',
  '<!---->',
);

/** Elements within each other, with text between them. */
const plain = fc.letrec<{ readonly element: string; readonly content: string }>((tie) => ({
  content: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: fc.constantFrom('x', ' ', '\n', '\t', '>', ']', 'é', '{"a":1}') }),
    fc.array(tie('element'), { maxLength: 3 }).map((all) => all.join('')),
  ),
  element: fc
    .tuple(fc.constantFrom('Message', 'MessageBody', 'a'), tie('content'))
    .map(([name, content]) => `<${name}>${content}</${name}>`),
})).element;

describe('the short way of reading a document', () => {
  it('says the same as the parser, or nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: piece }), plain), (source) => {
        const found = readPlain(source);
        if (found !== null) expect(found).toEqual(parsed(source));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is taken by every document of elements and text', () => {
    fc.assert(
      fc.property(plain, (source) => {
        fc.pre(!source.includes(']]>'));
        expect(readPlain(`<?xml version="1.0"?>\n${source}\n`)).toEqual(parsed(source));
      }),
    );
  });

  it.each([
    ['32 elements within each other', 32, true],
    ['33, which the parser refuses', 33, false],
  ])('goes as deep as the parser: %s', (_, depth, isRead) => {
    const source = '<a>'.repeat(depth) + '</a>'.repeat(depth);
    expect([readPlain(source) !== null, parsed(source) !== null]).toEqual([isRead, isRead]);
  });
});
