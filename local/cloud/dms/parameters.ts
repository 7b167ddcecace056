import * as z from 'zod';

/** A whole number in digits. */
export const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^-?\d{1,15}$/, 'A whole number is expected.')
    .transform(Number)
    .pipe(z.number().min(min).max(max));

export const text = z.string().min(1);
export const port = whole(1, 65_535);
export const flag = z.enum(['Y', 'N']).transform((word) => word === 'Y');
/** Python's clients write `True`. */
export const boolean = z.string().regex(/^(true|false)$/i, 'true or false is expected.');

/** The tenant of the caller. There is one per account here, so that any number means it. */
export const tid = whole(-1, Number.MAX_SAFE_INTEGER).optional();

export const envType = z.enum(['product', 'dev', 'pre', 'test', 'sit', 'uat', 'pet', 'stag']);
export const source = z.enum(['PUBLIC_OWN', 'RDS', 'ECS_OWN', 'VPC_IDC', 'GATEWAY']);
export const networkType = z.enum(['CLASSIC', 'VPC']);

/** What names an instance, besides its id. */
export const address = { Host: text, Port: port, Sid: z.string().default(''), Tid: tid };
