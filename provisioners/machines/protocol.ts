/** Shapes of vSphere's web services API, as the real client and the sandbox speak them; operations have its names. */

/** A virtual machine as the property collector shows it. */
export interface VirtualMachine {
  /** `config.uuid`, the BIOS UUID; Pulumi's id of it. */
  readonly uuid: string;
  /** `config.instanceUuid`: this machine and no other, for ever. */
  readonly instanceUuid: string;
  readonly name: string;
  /** Path of its folder below the datacenter's machines: `Layanan/djp`. */
  readonly folder: string;
  /** `config.hardware.numCPU` and `memoryMB`. */
  readonly numCPU: number;
  readonly memoryMB: number;
  /** Capacity of its virtual disks, GB. */
  readonly diskGb: number;
  /** Names of the networks of its cards, in order. */
  readonly networks: readonly string[];
  readonly powerState: 'poweredOn' | 'poweredOff' | 'suspended';
  /** `customValue`, by the name of the attribute. */
  readonly customValues: Readonly<Record<string, string>>;
}

/** What CloneVM_Task makes of a template; names and ids as `find` gives them. */
export interface CloneSpec {
  readonly name: string;
  readonly folder: string;
  readonly template: string;
  readonly numCPU: number;
  readonly memoryMB: number;
  readonly diskGb: number;
  readonly network: string;
  /** By the name of the attribute. */
  readonly customValues: Readonly<Record<string, string>>;
}

export type ReconfigureSpec = Partial<Pick<CloneSpec, 'numCPU' | 'memoryMB' | 'diskGb' | 'network' | 'customValues'>>;

/** Sorts of objects that are looked up by name. */
export type Sort = 'Datacenter' | 'ResourcePool' | 'Datastore' | 'Network' | 'VirtualMachine' | 'CustomAttribute';

export interface InventoryObject {
  readonly id: string;
  readonly name: string;
  /** Of a template. */
  readonly guestId?: string;
  readonly diskGb?: number;
}

/** What the hosts of the datacenter have together, and what is not promised to a machine. */
export interface Capacities {
  readonly cores: { readonly free: number; readonly total: number };
  readonly memoryGb: { readonly free: number; readonly total: number };
  readonly storageGb: { readonly free: number; readonly total: number };
}

/**
 * A session with one vCenter server. Every call rejects with a TargetError whose code is the fault's name:
 * `DuplicateName`, `InvalidPowerState`, `ManagedObjectNotFound`, `InsufficientResourcesFault`.
 */
export interface VCenterClient {
  /** RetrievePropertiesEx: all machines of the datacenter, templates apart. Complete, or it rejects. */
  machines(): Promise<readonly VirtualMachine[]>;
  capacities(): Promise<Capacities>;
  find(sort: Sort): Promise<readonly InventoryObject[]>;
  /** CloneVM_Task, powered on. Resolves with the BIOS UUID. */
  clone(spec: CloneSpec): Promise<string>;
  /** ReconfigVM_Task, and SetField for custom values. */
  reconfigure(uuid: string, spec: ReconfigureSpec): Promise<void>;
  powerOn(uuid: string): Promise<void>;
  powerOff(uuid: string): Promise<void>;
  /** Destroy_Task: the machine with its disks. */
  destroy(uuid: string): Promise<void>;
}
