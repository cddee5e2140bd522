import type { BoundKey, KeyNeed } from '../../protocol/index.ts';
import { keyOwnerName } from './keyOwnerName.ts';

/** The part of VS Code's SecretStorage that keys need. */
export interface SecretStore {
  readonly get: (name: string) => PromiseLike<string | undefined>;
  readonly store: (name: string, value: string) => PromiseLike<void>;
  readonly delete: (name: string) => PromiseLike<void>;
}

/** Whom a key belongs to: it goes to this origin and to no other. */
export interface KeyOwner {
  readonly provider: string;
  readonly origin: string;
}

/** What has to be asked of the person before a run. Undefined is a no. */
export interface KeyQuestions {
  /** May this origin, which is not the provider's own and was named by the folder's evenkeel.yml, have a key at all? */
  readonly allowOrigin: (question: string) => Promise<boolean>;
  readonly enterKey: (owner: KeyOwner) => Promise<string | undefined>;
}

/** The keys of a run, or whose key is missing. */
export type KeysForRun = { readonly ok: true; readonly keys: readonly BoundKey[] } | { readonly ok: false; readonly missing: KeyOwner };

/** Keys in SecretStorage, each bound to provider and origin; a list without keys beside them says which there are. */
export class KeyStore {
  readonly #secrets: SecretStore;

  constructor(secrets: SecretStore) {
    this.#secrets = secrets;
  }

  async get(owner: KeyOwner): Promise<string | undefined> {
    return this.#secrets.get(secretName(bound(owner)));
  }

  async set(owner: KeyOwner, key: string): Promise<void> {
    const to = bound(owner);
    await this.#secrets.store(secretName(to), key);
    const others = (await this.owners()).filter((other) => secretName(other) !== secretName(to));
    await this.#secrets.store(LIST, JSON.stringify([...others, to]));
  }

  async remove(owner: KeyOwner): Promise<void> {
    const from = bound(owner);
    await this.#secrets.delete(secretName(from));
    const others = (await this.owners()).filter((other) => secretName(other) !== secretName(from));
    await this.#secrets.store(LIST, JSON.stringify(others));
  }

  /** Whose keys are stored, without the keys. */
  async owners(): Promise<readonly KeyOwner[]> {
    const text = await this.#secrets.get(LIST);
    const list: unknown = text ? JSON.parse(text) : [];
    return Array.isArray(list) ? list.filter(isOwner) : [];
  }

  /**
   * The keys that a run needs. A stored key is used for exactly its provider and origin; a key of another origin is never taken instead.
   * What is missing is asked for once, an origin that the folder named only after its own question. A server that may do without a key
   * is not asked about.
   */
  async collect(needs: readonly KeyNeed[], questions: KeyQuestions): Promise<KeysForRun> {
    const keys: BoundKey[] = [];
    for (const need of distinct(needs)) {
      const owner = bound(need);
      const key = (await this.get(owner)) ?? (need.required ? await this.#ask(need, owner, questions) : undefined);
      if (key !== undefined) keys.push({ ...owner, key });
      else if (need.required) return { ok: false, missing: owner };
    }
    return { ok: true, keys };
  }

  /** Those of the keys needed that are there, each for exactly its provider and origin; nothing is asked. */
  async stored(needs: readonly KeyNeed[]): Promise<readonly BoundKey[]> {
    const keys: BoundKey[] = [];
    for (const owner of distinct(needs).map(bound)) {
      const key = await this.get(owner);
      if (key !== undefined) keys.push({ ...owner, key });
    }
    return keys;
  }

  /**
   * Asks for keys of one origin and keeps them, in the place of those that are there; an origin that the folder named is asked about first,
   * once. Whether all were given.
   */
  async ask(needs: readonly KeyNeed[], { allowOrigin, enterKey }: KeyQuestions): Promise<boolean> {
    const named = needs.find(({ isDefaultOrigin }) => !isDefaultOrigin);
    if (named && !(await allowOrigin(originQuestion(bound(named))))) return false;
    for (const owner of distinct(needs).map(bound)) {
      const key = (await enterKey(owner))?.trim();
      if (!key) return false;
      await this.set(owner, key);
    }
    return needs.length > 0;
  }

  async #ask(need: KeyNeed, owner: KeyOwner, { allowOrigin, enterKey }: KeyQuestions): Promise<string | undefined> {
    if (!need.isDefaultOrigin && !(await allowOrigin(originQuestion(owner)))) return undefined;
    const key = (await enterKey(owner))?.trim();
    if (!key) return undefined;
    await this.set(owner, key);
    return key;
  }
}

/** The origin of an address in its one spelling, `https://host[:port]`; undefined where it is none, carries a name or password, or is not http(s). */
export function originOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, username, password, origin } = new URL(address);
  return (protocol === 'https:' || protocol === 'http:') && !username && !password ? origin : undefined;
}

/** Asked before a key goes where the repository, not the provider, says. */
export function originQuestion({ provider, origin }: KeyOwner): string {
  const plain = origin.startsWith('http:') ? ' The connection is not encrypted.' : '';
  return `evenkeel.yml of this folder sends the key for ${keyOwnerName(provider)} to ${origin}.${plain} Allow?`;
}

const LIST = 'evenkeel.keys';

/** The same key by the one spelling of its origin; an address that is none keeps its text and so matches only itself. */
function bound({ provider, origin }: KeyOwner): KeyOwner {
  return { provider, origin: originOf(origin) ?? origin };
}

function secretName({ provider, origin }: KeyOwner): string {
  return `evenkeel.key:${JSON.stringify([provider, origin])}`;
}

function distinct(needs: readonly KeyNeed[]): readonly KeyNeed[] {
  return [...new Map(needs.map((need) => [secretName(bound(need)), need])).values()];
}

function isOwner(value: unknown): value is KeyOwner {
  return (
    typeof value === 'object' &&
    value !== null &&
    'provider' in value &&
    'origin' in value &&
    typeof value.provider === 'string' &&
    typeof value.origin === 'string'
  );
}
