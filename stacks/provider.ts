/** Properties of a resource, plain JSON; secrets are in clear here, and here only. */
export type Properties = Readonly<Record<string, unknown>>;

/** A resource as its target holds it. */
export interface Standing {
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/**
 * What the embedded engine asks of a target, as Pulumi asks its plugins. Writes reject with a TargetError; one whose
 * effect is `lost` stays pending.
 */
export interface Provider {
  /** The package, which begins the tokens that it serves: `vsphere`. */
  readonly name: string;
  /** Inputs of a type that cannot be changed in place. */
  fixed(type: string): readonly string[];
  create(type: string, inputs: Properties): Promise<{ readonly id: string; readonly outputs: Properties }>;
  /**
   * @param id the provider's own, or one by which an object can be taken over
   * @param like inputs as they were given last: the answer has no more than these
   * @returns undefined where it is proved absent
   */
  read(type: string, id: string, like: Properties): Promise<Standing | undefined>;
  update(type: string, id: string, before: Properties, after: Properties): Promise<Properties>;
  /** What is gone already is deleted. */
  delete(type: string, id: string): Promise<void>;
  invoke(token: string, args: Properties): Promise<Properties>;
}
