import { expect, it } from 'vitest';
import { renderNotification } from '../../../../local/cloud/mns/delivery/envelope.ts';
import { NO_EXTRAS } from '../../../../local/cloud/mns/properties.ts';
import { millis } from '../../../../shared/runtime/clock.ts';
import { OWNER, REQUESTER } from '../../../kit/accounts.ts';

const CERTIFICATE = 'http://127.0.0.1:1/x509_public_certificate.pem';
const origin = { topicOwner: OWNER, topicName: 'news', subscriber: REQUESTER, subscriptionName: 's' };
const message = {
  id: 'ID',
  body: '<b>',
  bodyMd5: 'MD5',
  tag: 'verified',
  extras: NO_EXTRAS,
  attributes: { DirectMail: '{}', Message: 'forged' },
  publishedAt: millis(7),
};
const json = {
  DirectMail: '{}',
  TopicOwner: OWNER,
  TopicName: 'news',
  Subscriber: REQUESTER,
  SubscriptionName: 's',
  MessageId: 'ID',
  MessageMD5: 'MD5',
  Message: '<b>',
  PublishTime: '7',
  MessageTag: 'verified',
};
const xml = (certificate = ''): string =>
  '<?xml version="1.0" encoding="UTF-8"?>\n<Notification xmlns="http://mns.aliyuncs.com/doc/v1">' +
  `<TopicOwner>${OWNER}</TopicOwner><TopicName>news</TopicName><Subscriber>${REQUESTER}</Subscriber>` +
  '<SubscriptionName>s</SubscriptionName><MessageId>ID</MessageId><MessageMD5>MD5</MessageMD5>' +
  `<Message>&lt;b&gt;</Message><PublishTime>7</PublishTime><MessageTag>verified</MessageTag>${certificate}</Notification>`;

it.each([
  ['http', xml(`<SigningCertURL>${CERTIFICATE}</SigningCertURL>`)],
  ['queue', xml()],
  ['function', xml()],
] as const)('XML for %s', (type, text) => {
  expect(renderNotification('XML', origin, message, { type, certificateUrl: CERTIFICATE })).toBe(text);
});

it.each([
  ['http', json],
  ['queue', json],
  ['function', { ...json, PublishTime: 7 }],
] as const)('JSON for %s', (type, fields) => {
  const text = renderNotification('JSON', origin, message, { type, certificateUrl: CERTIFICATE });
  expect(JSON.parse(text)).toEqual(fields);
});

it('what is not there is left out', () => {
  const bare = { ...message, tag: null, attributes: {} };
  const { DirectMail, MessageTag, ...fields } = json;
  expect(JSON.parse(renderNotification('JSON', origin, bare, { type: 'queue' }))).toEqual(fields);
  expect(renderNotification('XML', origin, bare, { type: 'http' })).not.toMatch(/MessageTag|SigningCertURL/);
});

it.each(['SIMPLIFIED', 'STREAM'] as const)('%s is the body alone', (format) => {
  expect(renderNotification(format, origin, message, { type: 'queue' })).toBe('<b>');
});
