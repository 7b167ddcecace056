import * as z from './zod.ts';

/** The event of a timer trigger. `payload` is the text that the trigger's configuration gives. */
export const timerEventSchema = z.object({
  triggerTime: z.iso.datetime(),
  triggerName: z.string(),
  payload: z.string(),
});

export type TimerEvent = z.output<typeof timerEventSchema>;
