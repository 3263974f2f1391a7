import type { Fields, Kind } from '../core/kinds.ts';
import type { RequestId } from '../core/resource.ts';

/** Kinds that stacks provide, each by a project of its own. */
export type StackKind = Extract<Kind, 'machine' | 'namespace'>;

/** One resource of a unit as its stack holds it: what the outputs of its component say. */
export interface Component {
  readonly key: string;
  readonly owner: RequestId;
  /** Managed fields that the component program writes. */
  readonly fields: Fields;
}

/** A component as a run registers it. */
export interface Registration extends Component {
  /** It may be changed by this run; else it is registered only so that nothing of the unit is missing. */
  readonly touched: boolean;
  /** Ids of children that stand at the target already and are taken over, by the child's name and type. */
  readonly existing?: ReadonlyMap<string, string>;
}

/** Token of each component type, as it stands in URNs and states. */
export const COMPONENT_TYPES = {
  machine: 'layanan:index:Machine',
  namespace: 'layanan:index:Namespace',
} as const satisfies Record<StackKind, string>;

/** Names one stack: a project for each kind, a stack in it for each unit. */
export interface StackName {
  readonly project: string;
  /** The unit's id. */
  readonly stack: string;
}

/** A resource inside a component. */
export interface Child {
  readonly type: string;
  /** Tells children of one type apart. */
  readonly suffix?: string;
}

/** Names a child within its component. */
export const childId = ({ type, suffix }: Child): string => (suffix === undefined ? type : `${type} ${suffix}`);

/** The name of a child in its program: that of its component, and the suffix. */
export const childName = (key: string, { suffix }: Child): string => (suffix === undefined ? key : `${key}:${suffix}`);

const urn = ({ project, stack }: StackName, type: string, name: string): string =>
  `urn:pulumi:${stack}::${project}::${type}::${name}`;

/** The URN of a component. */
export const componentUrn = (name: StackName, kind: StackKind, key: string): string =>
  urn(name, COMPONENT_TYPES[kind], key);

/** The URN of a component's child. */
export const childUrn = (name: StackName, kind: StackKind, child: Child, key: string): string =>
  urn(name, `${COMPONENT_TYPES[kind]}$${child.type}`, childName(key, child));

/** The key of the component to which a resource belongs, by its URN; undefined for what belongs to none. */
export function componentOf(resource: string): string | undefined {
  const [, , types = '', name = ''] = resource.slice('urn:pulumi:'.length).split('::');
  const [outermost = ''] = types.split('$');
  return Object.values<string>(COMPONENT_TYPES).includes(outermost) ? name.split(':')[0] : undefined;
}
