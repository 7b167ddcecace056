import { RetryableError } from '../../shared/runtime/errors.ts';
import { type Channel, textOf } from './channel.ts';
import { postJson } from './post.ts';

/** The most characters of a block of text. */
const BLOCK = 3_000;

/** An incoming webhook. Its URL is the secret. */
export const slack = (url: URL): Channel => ({
  name: 'slack',
  async send(notice) {
    // The block is plain text, in which nothing has a meaning. `text` is what a notification shows.
    const body = {
      text: escaped(notice.title),
      mrkdwn: false,
      unfurl_links: false,
      unfurl_media: false,
      blocks: [
        { type: 'section', text: { type: 'plain_text', emoji: false, text: textOf(notice).slice(0, BLOCK) } },
      ],
    };
    const answer = await postJson('slack', url, body);
    if (answer !== 'ok') throw new RetryableError('internal', 'slack: answered with something else than ok');
  },
});

/** The three signs that Slack asks to have replaced, in this order: `<!channel>` would call everybody. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
