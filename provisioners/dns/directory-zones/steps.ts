import type { DirectoryClient } from '../../directory/protocol.ts';
import { ownerName } from '../names.ts';
import type { UpdateMessage } from '../protocol.ts';
import { canonicalName } from '../wire/name.ts';
import { encodeDnsRecord, encodeTombstone, withNextSerial } from './dns-record.ts';
import { modifications, type NodeState, newNode, type ZoneNode } from './node.ts';
import type { NodeRecords } from './node-records.ts';

/** One write to one node, with what it leaves there. */
export interface Step {
  readonly node: ZoneNode;
  readonly from: NodeState;
  readonly to: NodeState;
  /** It only asserts what was read, and makes whoever read it too come second. */
  readonly touch: boolean;
}

/** What is written into new values. */
export interface Stamp {
  readonly serial: number;
  readonly now: Date;
}

export const entombed = (node: NodeState, { serial, now }: Stamp): NodeState => ({
  exists: node.exists,
  flag: 'TRUE',
  values: [encodeTombstone(serial, now)],
});

const touched = (node: NodeState): NodeState => ({ ...node, values: node.values.map(withNextSerial) });

function filled(node: ZoneNode, records: NodeRecords, { serial }: Stamp): NodeState {
  const valueBefore = new Map(node.records.map(({ record, value }) => [record, value]));
  const values = records.at(node.name).map((record) => {
    const old = valueBefore.get(record);
    return old === undefined ? encodeDnsRecord(record, serial) : withNextSerial(old);
  });
  return { exists: true, flag: node.flag === 'TRUE' ? 'FALSE' : node.flag, values };
}

/**
 * The writes of a message, in their order: owners that stay or come, then the names, then owners that go. So a name
 * never stands without its owner: what a crash leaves behind is an owner alone, which the next run completes or
 * deletes. Nodes that a message only compares are touched, so that the directory compares them too.
 */
export function stepsOf(
  { prerequisites }: UpdateMessage,
  nodes: readonly ZoneNode[],
  records: NodeRecords,
  stamp: Stamp,
): readonly Step[] {
  const compared = new Set(
    prerequisites.filter((one) => one.kind === 'rrsetEquals').map((one) => canonicalName(one.name)),
  );
  const [owners, names, last]: [Step[], Step[], Step[]] = [[], [], []];
  for (const node of nodes) {
    const isOwner = node.name.startsWith(ownerName(''));
    const place = isOwner ? owners : names;
    const touch = { node, from: node, to: touched(node), touch: true };
    if (!records.changed(node)) {
      if (compared.has(node.name)) place.push(touch);
    } else if (records.at(node.name).length > 0)
      place.push({ node, from: node, to: filled(node, records, stamp), touch: false });
    else if (isOwner) {
      owners.push(touch);
      last.push({ node, from: touch.to, to: entombed(node, stamp), touch: false });
    } else names.push({ node, from: node, to: entombed(node, stamp), touch: false });
  }
  return [...owners, ...names, ...last];
}

/** @throws TargetError of the directory */
export const carryOutStep = (directory: DirectoryClient, { node, from, to }: Omit<Step, 'touch'>): Promise<void> =>
  from.exists ? directory.modify(node.dn, modifications(from, to)) : directory.add(node.dn, newNode(to.values));

/** What takes a step back: a node that was added becomes a tombstone, since a deletion cannot compare. */
export const undoOf = ({ node, from, to }: Step, stamp: Stamp): Omit<Step, 'touch'> => {
  const there = { ...to, exists: true };
  return { node, from: there, to: from.exists ? from : entombed(there, stamp) };
};
