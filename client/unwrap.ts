import { XMLParser } from 'fast-xml-parser';
import { readJson } from '../events/read-json.ts';

/**
 * The message that a subscription put into a queue, whatever its NotifyContentFormat is: SIMPLIFIED hands it over as it was
 * sent, JSON and XML wrap it, and some producers write queues in base64. What is none of these is handed over as it is.
 */
export function unwrapped(body: string): string {
  return body.trimStart().startsWith('<') ? messageInXml(body) : messageInJson(body);
}

function messageInJson(body: string): string {
  const read = readJson(body);
  const json = 'json' in read ? read.json : null;
  if (typeof json !== 'object' || json === null) return body;
  if (!('Message' in json && 'TopicName' in json)) return JSON.stringify(json);
  return typeof json.Message === 'string' ? json.Message : JSON.stringify(json.Message);
}

function messageInXml(body: string): string {
  const parser = new XMLParser({ parseTagValue: false, trimValues: false });
  try {
    const message: unknown = parser.parse(body).Notification.Message;
    return typeof message === 'string' ? message : body;
  } catch {
    // No XML, or no notification.
    return body;
  }
}
