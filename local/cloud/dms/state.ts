import type { DmsInstance } from './instance.ts';

/** Where an instance is reached; what tells it from every other. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly sid: string;
}

/** Somebody of the account who uses DMS. */
export interface DmsUser {
  /** Of DMS, not of RAM: digits. */
  readonly id: string;
  readonly nickName: string;
  readonly roles: readonly ('USER' | 'DBA' | 'ADMIN')[];
  readonly state: 'NORMAL' | 'DISABLE' | 'DELETE';
}

/** DMS of one account: its instances, in the order in which they were registered. */
export class DmsState {
  /**
   * Somebody of the account has logged in to DMS once, which made its tenant. Without it no other account can register
   * the account's instances (page "Use DMS across Alibaba Cloud accounts").
   */
  tenant = true;
  /** Whoever logs in first is made administrator and DBA. */
  users: DmsUser[] = [{ id: '270001', nickName: 'first', roles: ['USER', 'DBA', 'ADMIN'], state: 'NORMAL' }];
  readonly #instances = new Map<string, DmsInstance>();
  #ids = 1_880_000;

  /** In the order of their ids. */
  get instances(): readonly DmsInstance[] {
    return [...this.#instances.values()];
  }

  find(address: Address): DmsInstance | undefined {
    return this.#instances.get(key(address));
  }

  byId(id: string): DmsInstance | undefined {
    return this.instances.find((instance) => instance.id === id);
  }

  add(instance: DmsInstance): void {
    this.#instances.set(key(instance), instance);
  }

  remove(instance: DmsInstance): void {
    this.#instances.delete(key(instance));
  }

  nextId(): string {
    this.#ids += 1;
    return String(this.#ids);
  }
}

/** Host names have no case. */
const key = ({ host, port, sid }: Address): string => `${host.toLowerCase()}:${port}:${sid}`;
