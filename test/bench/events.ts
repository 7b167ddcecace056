import destination from '../../events/samples/destination-success.json' with { type: 'json' };
import http from '../../events/samples/http.json' with { type: 'json' };
import topic from '../../events/samples/topic.json' with { type: 'json' };

/** Events as the platform makes them: the samples, with another content. */

export const topicEvent = (request: object, now: number) => ({
  ...topic,
  Message: JSON.stringify(request),
  PublishTime: now,
});

/** What verify gets when provision has returned `answer`. */
export const destinationEvent = (event: object, answer: string) => ({
  ...destination,
  requestPayload: JSON.stringify(event),
  responsePayload: answer,
});

export function httpEvent(request: object, token: string) {
  const { 'Idempotency-Key': _one, ...headers } = http.headers;
  return {
    ...http,
    body: JSON.stringify(request),
    headers: { ...headers, Authorization: `Bearer ${token}` },
  };
}
