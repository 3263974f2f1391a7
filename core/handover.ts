import type { RequestId } from './resource.ts';
import type { Secret } from './secret.ts';

/** A sealed file that waits for its recipient. */
export interface Sealed {
  /** Path relative to the store. */
  readonly file: string;
  /** The secret never became valid: the file is removed. */
  discard(): Promise<void>;
  /** The secret is now the valid one: older files for the same key are removed. */
  confirm(): Promise<void>;
}

/** Seals secrets to the key of the request's recipient, durably, before they become valid at a target. */
export interface Handover {
  /**
   * @param mark random text of letters and digits that names the file; the target keeps it beside the secret, so that
   * it tells which file is the valid one
   * @throws UserError when the recipient has no registered key
   */
  seal(request: RequestId, key: string, value: Secret, mark: string): Promise<Sealed>;
}
