import * as z from '../../events/zod.ts';
import { plain } from './plain.ts';

/** What people are told of one reply: the same for every channel, free of control characters. */
export interface Notice {
  /** Of the reply: copies of one carry the same. */
  readonly id: string;
  /** `verified`, `rejected`, ...: what the type of the reply says. */
  readonly kind: string;
  /** Whose request or role it is about; null where nobody is proved. */
  readonly account: string | null;
  readonly title: string;
  readonly lines: readonly Line[];
}

export interface Line {
  readonly label: string;
  readonly text: string;
}

const words = z.nullish(z.string());

/** Only what is shown. A status that this version does not know is shown, too. */
const shownSchema = z.looseObject({
  id: z.string(),
  type: z.string().check(z.regex(/^dms-handshake\.access\.[a-z-]+\.v1$/)),
  subject: words,
  data: z.looseObject({
    requestId: words,
    access: words,
    engines: z._default(z.array(z.string()), []),
    grants: z.optional(
      z.array(z.looseObject({ id: z.string(), expiresAt: words, readOnly: z.optional(z.boolean()) })),
    ),
    expiresAt: words,
    roleArn: words,
    reference: words,
    breakGlass: words,
    request: z.nullish(
      z.looseObject({ engines: z.optional(z.array(z.string())), expiresAt: words, breakGlass: words }),
    ),
    checks: z._default(z.array(z.looseObject({ id: z.string(), fix: words })), []),
    problem: z.nullish(z.looseObject({ code: z.string(), detail: z.string() })),
  }),
});

type Shown = z.output<typeof shownSchema>;

const TITLES: Readonly<Record<string, string>> = {
  verified: 'Access is granted and proved',
  revoked: 'Access was taken away',
  rejected: 'A request was refused',
  failed: 'A request failed',
  changed: 'A role is no longer what it was',
  pending: 'A request waits for your approval',
  expiring: 'Access ends soon',
  'review-due': 'Access is due for a review',
  'break-glass': 'EMERGENCY access was taken',
};

const FIXES = 3;

/** What a message of the reply topic says to people; null for what is no reply, such as a probe. */
export function noticeOf(message: unknown): Notice | null {
  const parsed = shownSchema.safeParse(message);
  if (!parsed.success) return null;
  const { id, type, subject, data } = parsed.data;
  const kind = String(type.split('.')[2]);
  const lines: readonly (readonly [string, string | null | undefined])[] = [
    ['Account', subject ?? 'not proved'],
    ['Access', data.access],
    ['Engines', enginesOf(data)],
    ['Asked for', askedIn(data)],
    ['Emergency', data.breakGlass ?? data.request?.breakGlass],
    ['Role', data.roleArn],
    ['Reference', data.reference],
    ['Problem', data.problem && `${data.problem.code}: ${data.problem.detail}`],
    ...data.checks
      .flatMap(({ id: check, fix }) => (fix ? [['To do', `${check}: ${fix}`] as const] : []))
      .slice(0, FIXES),
    ['Request', data.requestId],
  ];
  return {
    id,
    kind,
    account: subject ?? null,
    title: `${TITLES[kind] ?? `Status ${kind}`} (account ${plain(subject ?? 'not proved', 40)})`,
    lines: lines.flatMap(([label, text]) => (text ? [{ label, text: plain(text) }] : [])),
  };
}

function enginesOf({ grants, engines, expiresAt }: Shown['data']): string {
  if (grants !== undefined && grants.length > 0)
    return grants
      .map(({ id, expiresAt: end, readOnly }) => `${id}${readOnly ? ' (reads only)' : ''} ${ending(end)}`)
      .join(', ');
  return engines.length === 0 ? 'none' : `${engines.join(', ')} ${ending(expiresAt)}`;
}

function askedIn({ request }: Shown['data']): string | null {
  if (!request) return null;
  return `${request.engines?.join(', ') ?? 'all'} ${ending(request.expiresAt)}`;
}

const ending = (end: string | null | undefined): string => (end ? `until ${end}` : 'without an end');
