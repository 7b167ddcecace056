import { readFile } from 'node:fs/promises';
import { createServer, get, type IncomingMessage, type RequestListener } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { VirtualClock } from '../../../../local/testing/virtual-clock.ts';

const START = Date.parse('2026-11-23T10:00:00Z');

/** A clock, what happened, and when, in ms since its start. */
function bench() {
  const clock = new VirtualClock();
  const told: string[] = [];
  const tell = (what: string): void => void told.push(`${what} ${clock.now() - START}`);
  const sleeper = async (name: string, ms: number): Promise<void> => {
    await clock.sleep(ms);
    tell(name);
  };
  return { clock, told, tell, sleeper };
}

describe('advance', () => {
  it('wakes in the order of time, and of going to sleep where that is the same', async () => {
    const { clock, told, sleeper } = bench();
    for (const [name, ms] of [
      ['c', 30],
      ['a', 10],
      ['b', 10],
      ['d', 31],
    ] as const)
      void sleeper(name, ms);
    await clock.advance(30);
    expect(told).toEqual(['a 10', 'b 10', 'c 30']);
    expect([clock.now() - START, clock.sleeping]).toEqual([30, 1]);
  });

  it('stops at what a sleeper sets off on the way', async () => {
    const { clock, told, sleeper } = bench();
    void sleeper('first', 10).then(() => sleeper('second', 5));
    void sleeper('third', 20);
    await clock.advance(100);
    expect(told).toEqual(['first 10', 'second 15', 'third 20']);
  });

  it('does not go past its end for what is later', async () => {
    const { clock, told, sleeper } = bench();
    void sleeper('late', 11);
    await clock.advance(10);
    expect(told).toEqual([]);
    await clock.advance(1);
    expect(told).toEqual(['late 11']);
  });

  it('counts in whole milliseconds, upwards', async () => {
    const { clock, told, sleeper } = bench();
    void sleeper('x', 0.2);
    await clock.advance(1);
    expect(told).toEqual(['x 1']);
  });

  it.each([0, -1, Number.NaN])('a sleep of %d needs no time', async (ms) => {
    const { clock, told, sleeper } = bench();
    void sleeper('x', ms);
    await clock.advance(0);
    expect(told).toEqual(['x 0']);
  });

  it('an aborted sleeper is awake at once and never again', async () => {
    const { clock, told, tell } = bench();
    const calledOff = new AbortController();
    void clock.sleep(10, calledOff.signal).then(() => tell('woken'));
    void clock.sleep(10, AbortSignal.abort()).then(() => tell('never slept'));
    calledOff.abort();
    await clock.advance(20);
    expect(told.sort()).toEqual(['never slept 0', 'woken 0']);
    expect(clock.sleeping).toBe(0);
  });

  it('one who wakes can take back the wait of another of the same instant', async () => {
    const { clock, told, tell } = bench();
    let cancel = (): void => {};
    clock.schedule(10, () => cancel());
    cancel = clock.schedule(10, () => tell('other'));
    await clock.advance(10);
    expect(told).toEqual([]);
  });
});

describe('runUntilIdle and during', () => {
  it('a day of retries passes as fast as they can be made', async () => {
    const { clock } = bench();
    let attempts = 0;
    const work = async (): Promise<string> => {
      for (; attempts < 176; attempts += 1) await clock.sleep(512_000);
      return 'given up';
    };
    expect(await clock.during(work())).toBe('given up');
    expect(clock.now() - START).toBe(176 * 512_000);
  });

  it('stop as soon as it is idle, whoever still sleeps', async () => {
    const { clock, told, sleeper } = bench();
    void sleeper('a', 10);
    void sleeper('b', 20);
    await clock.runUntilIdle(() => told.length > 0);
    expect(told).toEqual(['a 10']);
  });

  it('reject with what the work rejects with', async () => {
    const { clock } = bench();
    const work = clock.sleep(10).then(() => {
      throw new Error('broken');
    });
    await expect(clock.during(work)).rejects.toThrow('broken');
  });

  it('reject when nothing can happen any more', async () => {
    const { clock } = bench();
    await expect(clock.during(new Promise(() => {}))).rejects.toThrow('it hangs');
  });

  it('reject when it never ends', async () => {
    const { clock } = bench();
    let stop = false;
    const forever = async (): Promise<void> => {
      while (!stop) await clock.sleep(24 * 3_600_000);
    };
    await expect(clock.during(forever())).rejects.toThrow('it never ends');
    stop = true;
  });

  it('refuse to move the clock from two places', async () => {
    const { clock, sleeper } = bench();
    const first = clock.during(sleeper('a', 10));
    await expect(clock.advance(1)).rejects.toThrow('moved already');
    await first;
    await clock.advance(1);
    expect(clock.now() - START).toBe(11);
  });
});

describe('time stands still', () => {
  /** The URL of a server that closes after the test. */
  const serve = async (listener: RequestListener): Promise<string> => {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close(() => {}).closeAllConnections());
    const address = server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  };

  const fetched = (url: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const request = get(url, async (response) => {
        let text = '';
        for await (const chunk of response) text += String(chunk);
        resolve(text);
      });
      request.on('error', reject);
    });

  const withFetch = async (url: string): Promise<string> => (await fetch(url)).text();

  describe.each([
    ['node:http', fetched],
    ['fetch', withFetch],
  ] as const)('for %s', (_name, ask) => {
    it('while an answer is under way, however slowly it comes', async () => {
      const { clock, told, tell } = bench();
      const url = await serve(async (_request, response) => {
        for (let part = 0; part < 50; part += 1) {
          response.write('x'.repeat(1000));
          await turn();
        }
        response.end();
      });
      const timeout = clock.sleep(1).then(() => tell('timeout'));
      const answer = ask(url).then((text) => tell(`answer of ${text.length}`));
      await clock.during(Promise.all([timeout, answer]));
      expect(told).toEqual(['answer of 50000 0', 'timeout 1']);
    });

    it('while hundreds of exchanges go on one after the other', async () => {
      const { clock, told, tell } = bench();
      const url = await serve((_request, response) => response.end('x'));
      void clock.sleep(1).then(() => tell('jumped'));
      const work = async (): Promise<void> => {
        for (let n = 0; n < 200; n += 1) await ask(url);
        tell('done');
      };
      await clock.during(work());
      expect(told).toEqual(['done 0']);
    });

    it('but not for a server that waits for the clock itself', async () => {
      const { clock, tell, told } = bench();
      const url = await serve(async (_request, response) => {
        await clock.sleep(5_000);
        response.end('slow');
      });
      const patient = clock.sleep(10_000).then(() => tell('patience ended'));
      const answer = ask(url).then(() => tell('answer'));
      const impatient = clock.sleep(3_000).then(() => tell('impatience'));
      await clock.during(Promise.all([patient, answer, impatient]));
      expect(told).toEqual(['impatience 3000', 'answer 5000', 'patience ended 10000']);
    });

    it('and goes on after a connection that broke', async () => {
      const { clock } = bench();
      const url = await serve((request) => void request.socket.destroy());
      const work = async (): Promise<string> => {
        await clock.sleep(10);
        return ask(url).catch(() => clock.sleep(10).then(() => 'broken'));
      };
      expect(await clock.during(work())).toBe('broken');
      expect(clock.now() - START).toBe(20);
    });
  });

  it('but not for an answer that came and that nobody reads', async () => {
    const { clock, tell, told } = bench();
    const url = await serve((_request, response) => void response.end('x'.repeat(10_000_000)));
    const left = (): Promise<IncomingMessage> => new Promise((resolve) => get(url, resolve));
    const work = async (): Promise<void> => {
      const answer = await left();
      await clock.sleep(10);
      tell('given up');
      answer.destroy();
    };
    await clock.during(work());
    expect(told).toEqual(['given up 10']);
  });

  it('while a file is read', async () => {
    const { clock, told, tell } = bench();
    void clock.sleep(1).then(() => tell('jumped'));
    await clock.during(
      Promise.all([1, 2, 3].map(() => readFile(new URL(import.meta.url)))).then(() => tell('read')),
    );
    expect(told).toEqual(['read 0']);
  });
});
