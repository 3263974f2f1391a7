import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Seals secrets in a state. */
export interface Vault {
  seal(value: unknown): string;
  /** @throws Error for a text that was sealed with another key or was changed */
  open(sealed: string): unknown;
}

const ALGORITHM = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;

/** @param key 32 bytes */
export function openVault(key: Buffer): Vault {
  return {
    seal(value) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv(ALGORITHM, key, nonce);
      const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE));
      decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
      const text = Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]);
      return JSON.parse(text.toString('utf8'));
    },
  };
}
