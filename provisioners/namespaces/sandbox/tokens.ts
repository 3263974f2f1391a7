import { createHash } from 'node:crypto';
import type { KubernetesObject } from '../protocol.ts';
import type { ObjectStore } from './store.ts';

/** What a token is bound to, as the API server knows it; of the token itself only a hash is kept. */
interface Binding {
  /** Path of the service account. */
  readonly account: string;
  readonly expirationTimestamp: string;
  readonly boundObjectRef: { readonly name: string; readonly uid: string } | undefined;
}

/** `ended`: its time is over; `void`: what it was bound to is gone; `unknown`: never issued. */
export type TokenVerdict = 'valid' | 'ended' | 'void' | 'unknown';

const COLLECTION = '/tokens';
const nameOf = (token: string): string => createHash('sha256').update(token).digest('hex');

export function keepToken(store: ObjectStore, token: string, binding: Binding): void {
  const name = nameOf(token);
  store.put(COLLECTION, name, { metadata: { name }, ...binding });
}

export function verifyToken(store: ObjectStore, token: string, now: Date): TokenVerdict {
  const kept = store.get(`${COLLECTION}/${nameOf(token)}`) as (KubernetesObject & Binding) | undefined;
  if (kept === undefined) return 'unknown';
  const { account, expirationTimestamp, boundObjectRef } = kept;
  if (store.get(account) === undefined) return 'void';
  if (boundObjectRef !== undefined) {
    const namespace = account.split('/serviceaccounts/')[0];
    const bound = store.get(`${namespace}/secrets/${boundObjectRef.name}`);
    if (bound?.metadata.uid !== boundObjectRef.uid) return 'void';
  }
  return now.toISOString() < expirationTimestamp ? 'valid' : 'ended';
}
