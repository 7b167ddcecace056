import { XMLParser } from 'fast-xml-parser';
import { readJson } from '../events/read-json.ts';

/**
 * The message that a subscription put into a queue, whatever its NotifyContentFormat is: SIMPLIFIED hands it over as it was
 * sent, JSON and XML wrap it, and some producers write queues in base64.
 */
export function unwrapped(body: string): string {
  const inner = body.trimStart().startsWith('<') ? messageInXml(body) : messageInJson(body);
  return inner ?? body;
}

function messageInJson(body: string): string | null {
  const read = readJson(body);
  if (!('json' in read) || typeof read.json !== 'object' || read.json === null) return null;
  const { json } = read;
  if (!('Message' in json && 'TopicName' in json)) return JSON.stringify(json);
  return typeof json.Message === 'string' ? json.Message : JSON.stringify(json.Message);
}

function messageInXml(body: string): string | null {
  const parser = new XMLParser({ parseTagValue: false, trimValues: false });
  try {
    const message: unknown = parser.parse(body)?.Notification?.Message;
    return typeof message === 'string' ? message : null;
  } catch {
    return null;
  }
}
