import type { Place } from './finding.ts';
import type { RequestId } from './resource.ts';

/** What a request wants of its instance as a whole; `deleted` keeps the file as a tombstone. */
export type State = 'active' | 'disabled' | 'deleted';

/** An official's signed letter; the service desk attests that it saw it. */
export interface Letter {
  readonly number: string;
  /** ISO date. */
  readonly date: string;
  /** A person in policies/organisation. */
  readonly signer: string;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  readonly url?: string;
}

/** Evidence that an item asks for: the file stays where it is, the request names and binds it. */
export interface Document {
  /** Document type of the catalogue, for example `deactivation-evidence`. */
  readonly type: string;
  readonly url: string;
  readonly sha256: string;
}

/** One request: the desired state of one service instance for its whole life. */
export interface ServiceRequest {
  /** `<unit>/<name>`, from the path. */
  readonly id: RequestId;
  /** The folder; never a field. */
  readonly unit: string;
  readonly name: string;
  readonly catalogue: string;
  readonly service: string;
  readonly title: string;
  /** A person in policies/organisation. */
  readonly requester: string;
  readonly contacts?: readonly string[];
  readonly state: State;
  /** The collective order that it was made by: requests of a unit with the same batch were ordered together. */
  readonly batch?: string;
  /** Until it is fulfilled: takes over what stands at the targets already, and creates and changes nothing. */
  readonly adopt?: true;
  readonly approval?: { readonly letter: Letter };
  readonly documents?: readonly Document[];
  /** What the service's schema says; parsed, so of its output type. */
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Keys and indices from the root of the file: `['spec', 'aliases', 0]`. */
export type Path = readonly (string | number)[];

/** Where things stand in a file that was read; only findings ask, so it is computed when asked. */
export interface Places {
  /** Of a value; for a missing key the place of its nearest parent that exists. */
  of(path: Path): Place;
  /** Of a key; for an element of a list, of the element. */
  ofKey(path: Path): Place;
}

/** A request with the places of its parts. */
export interface PlacedRequest {
  readonly request: ServiceRequest;
  readonly places: Places;
}
