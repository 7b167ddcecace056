/** Repeats a look until it does not throw, up to a minute; once in the local cloud, which shows a change at once. */
export type Eventually = <T>(look: () => Promise<T>) => Promise<T>;

/** Removals to be made at the end, last first. */
export class Cleanup {
  readonly #steps: { what: string; remove: () => Promise<unknown> }[] = [];
  readonly #eventually: Eventually;

  constructor(eventually: Eventually) {
    this.#eventually = eventually;
  }

  /** Call it before the thing is made: a lost answer must not leave it behind. */
  add(what: string, remove: () => Promise<unknown>): void {
    this.#steps.push({ what, remove });
  }

  /** Makes every removal, and throws at the end if some failed. What is gone already is no failure. */
  async run(): Promise<void> {
    const failures: Error[] = [];
    for (const { what, remove } of this.#steps.splice(0).reverse()) {
      const attempt = () =>
        remove().catch((error: unknown) => {
          if (!isGone(error)) throw error;
        });
      try {
        await this.#eventually(attempt);
      } catch (cause) {
        failures.push(new Error(`${what} was left behind`, { cause }));
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, failures.map((f) => f.message).join('; '));
  }
}

function isGone(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, name } = error as { code?: unknown; name?: unknown };
  return (
    /^EntityNotExist\.|Not(?:Found|Exists?)$|^InstanceNoEnoughNumber$/.test(String(code)) ||
    /NotExistError$/.test(String(name))
  );
}
