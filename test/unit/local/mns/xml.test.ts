import { describe, expect, it } from 'vitest';
import { readPlain } from '../../../../local/cloud/mns/xml/plain.ts';
import { isXmlText, readXml } from '../../../../local/cloud/mns/xml/read.ts';
import { inner, mns } from './mns.ts';

describe('the short way of reading', () => {
  const x = (text: string) => ({ name: 'a', children: [], text });

  it.each([
    ['<a>x</a>', x('x')],
    [' \n\t<a></a> \n\t', x('')],
    ['<?xml version="1.0"?><a>x</a>', x('x')],
    ['<?xml version="1.0" encoding="UTF-8"?>\n<a>x</a>\n', x('x')],
    ['<?xml version="1.0" encoding="utf-8" \t\n?><a>x</a>', x('x')],
    ['<a xmlns="http://mns.aliyuncs.com/doc/v1/">x</a>', x('x')],
    ['<a xmlns="">x</a>', x('x')],
    ['<a>\t\n !"#$%\'();:=>?~\u00a0\u00ff\ud7ff</a>', x('\t\n !"#$%\'();:=>?~\u00a0\u00ff\ud7ff')],
    [
      '<a>1<b>2</b>3<Cd>4<b></b></Cd>5</a>',
      {
        name: 'a',
        children: [
          { name: 'b', children: [], text: '2' },
          { name: 'Cd', children: [{ name: 'b', children: [], text: '' }], text: '4' },
        ],
        text: '135',
      },
    ],
  ])('takes %j', (source, element) => {
    expect(readPlain(source)).toEqual(element);
  });

  it.each([
    '',
    'x',
    '<a>',
    '</a>',
    'x<a></a>',
    '<a></a>x',
    '<a></a><a></a>',
    '<a></b>',
    '<a><b></a></b>',
    '<a1></a1>',
    '<a b="c"></a>',
    '<a xmlns="a b"></a>',
    '<a  xmlns="a"></a>',
    '<?xml version="1.1"?><a></a>',
    '<?xml version="1.0" encoding="gbk"?><a></a>',
    '<a>]]></a>',
    '<a>&amp;</a>',
    '<a>\r</a>',
    '<a>\u0001</a>',
    '<a>\u007f</a>',
    '<a>\ue000</a>',
    '<a/>',
    '<a><!----></a>',
  ])('leaves %j to the parser', (source) => {
    expect(readPlain(source)).toBeNull();
  });
});

describe('the characters of XML', () => {
  it.each(['', '\t\n\r ~\ud7ff\ue000\ufffd', '\u{10000}\u{10ffff}'])('%j', (text) => {
    expect(isXmlText(text)).toBe(true);
  });

  it.each(['\u0000', '\u0008', '\u000b', '\u000e', '\u001f', '\ud800', '\udfff', '\ufffe', '\uffff'])(
    'are not %j',
    (character) => {
      expect([`a${character}`, `${character}a`].map(isXmlText)).toEqual([false, false]);
    },
  );
});

describe('a document', () => {
  const told = (source: string): string => {
    try {
      return readXml(Buffer.from(source)).text;
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
  };
  const malformed = (why: string): string => `The XML you provided was not well-formed: ${why}.`;

  it.each([
    ["<?xml version='1.0' encoding='utf-8'?><a>x</a>", 'x'],
    ['<?xml version="1.0" encoding = "UTF-8" ?><a>x</a>', 'x'],
    ['<a><![CDATA[<?xml encoding="gbk"?>]]></a>', '<?xml encoding="gbk"?>'],
    ['<a><![CDATA[\n<!]]>\n<![CDATA[<!]]></a>', '\n<!\n<!'],
    ['<a><!--\n<!-->x<!--<!--></a>', 'x'],
    ['<a>x<?target y?>z</a>', 'xz'],
  ])('%j says %j', (source, text) => {
    expect(told(source)).toBe(text);
  });

  it.each([
    "encoding='gbk'",
    'encoding = "gbk"',
    'standalone="no" encoding="GBK"',
    'encoding="utf-8x"',
    'encoding="xutf-8"',
  ])('is refused in another %s', (encoding) => {
    const source = `<?xml version="1.0" ${encoding}?><a>x</a>`;
    expect([told(source), told(`\n ${source}`)]).toEqual(
      Array(2).fill(malformed('an encoding other than UTF-8')),
    );
  });

  it.each([
    ['<a><!--', 'Unclosed comment (line 1, column 8)'],
    ['<a><!-- <!x>', 'Unclosed comment (line 1, column 8)'],
    ['<a><![CDATA[', 'Unclosed CDATA section (line 1, column 13)'],
    ['<a><![CDATA[<![CDATA[', 'Unclosed CDATA section (line 1, column 13)'],
  ])('is refused for what has no end: %s', (source, why) => {
    expect(told(source)).toBe(malformed(why));
  });

  it.each(['<!DOCTYPE a><a/>', '<a><![CDATA[x]]><!x></a>', '<a><!-- x --><!ENTITY x></a>'])(
    'is refused with a declaration: %s',
    (source) => {
      expect(told(source)).toBe(malformed('a document type declaration'));
    },
  );
});

describe('the element that a document begins with', () => {
  const one = inner('Message', { MessageBody: 'x' });

  it.each([
    [`<Messages>${one}</Messages>`, 'BatchSendMessage'],
    [` \n<Messages>${one}</Messages>`, 'BatchSendMessage'],
    [`\ufeff<?xml version="1.0"\n?>\n<Messages xmlns="a">${one}</Messages>`, 'BatchSendMessage'],
    [`<!-- <Message> \n --><!-- -->\n<Messages>${one}</Messages>`, 'BatchSendMessage'],
    [`<?xml version="1.0"?><!-- <Messages> -->${one}`, 'SendMessage'],
    [one, 'SendMessage'],
  ])('%j tells the operation %s', async (body, operation) => {
    const cloud = mns();
    cloud.owner.mns.addQueue('q');
    const reply = await cloud.send('POST', '/queues/q/messages', body);
    expect([reply.status, cloud.world.journal.calls.at(-1)?.operation]).toEqual([201, operation]);
  });

  it.each([
    ['text', `<?a?>x<?b?>${one}`],
    ['text between comments', `<!---->x<!---->${one}`],
    ['more instructions than anybody writes', '<??>'.repeat(250)],
    ['more comments than anybody writes', '<!---->'.repeat(140)],
  ])('is none behind %s: the first operation of the place refuses it', async (_what, body) => {
    const cloud = mns();
    cloud.owner.mns.addQueue('q');
    const reply = await cloud.send('POST', '/queues/q/messages', body);
    expect([reply.at('Error', 'Code'), cloud.world.journal.calls.at(-1)?.operation]).toEqual([
      'MalformedXML',
      'BatchSendMessage',
    ]);
  });
});
