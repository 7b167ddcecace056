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
  /** Of Alibaba Cloud; null: that of the account, whose owner it is. */
  readonly uid: string | null;
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
  users: DmsUser[] = [
    { id: '270001', nickName: 'first', uid: null, roles: ['USER', 'DBA', 'ADMIN'], state: 'NORMAL' },
  ];
  /** By id, which only grows: in the order of registration. */
  readonly #instances = new Map<string, DmsInstance>();
  #ids = 1_880_000;

  get instances(): readonly DmsInstance[] {
    return [...this.#instances.values()];
  }

  find(address: Address): DmsInstance | undefined {
    const wanted = key(address);
    return this.instances.find((instance) => key(instance) === wanted);
  }

  byId(id: string): DmsInstance | undefined {
    return this.#instances.get(id);
  }

  /** A new instance, or what one of the same id is from now on. */
  put(instance: DmsInstance): void {
    this.#instances.set(instance.id, instance);
  }

  remove(instance: DmsInstance): void {
    this.#instances.delete(instance.id);
  }

  nextId(): string {
    this.#ids += 1;
    return String(this.#ids);
  }
}

/** Host names have no case. */
const key = ({ host, port, sid }: Address): string => `${host.toLowerCase()}:${port}:${sid}`;
