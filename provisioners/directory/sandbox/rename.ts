import { LDAP, refusal } from '../directory-error.ts';
import { dnKey } from '../dn.ts';
import { checkEntry, checkRights, type Rights } from './rules.ts';
import type { Tree } from './store.ts';
import { existing, isBelow, readName } from './tree.ts';

/** Renames, and moves below `newSuperior`; the entry keeps its objectGUID, its links and what is below it. */
export function modifyDn(tree: Tree, rights: Rights, name: string, newRdn: string, newSuperior?: string): void {
  const { usn: _usn, ...row } = existing(tree, 'modifyDN', name);
  checkRights(tree, rights, 'modifyDN', { ...row, usn: 0 }, false);
  const [rdn, ...rest] = readName('modifyDN', newRdn);
  if (rdn === undefined || rest.length > 0 || rdn.type.toLowerCase() !== row.rdn.type.toLowerCase())
    throw refusal('modifyDN', LDAP.invalidDNSyntax, '0000208F: the new name is not one relative name of the same type');
  if (row.parent === null) throw refusal('modifyDN', LDAP.unwillingToPerform, '0000209A: the base is not renamed');
  const parent = newSuperior === undefined ? tree.store.byGuid(row.parent) : existing(tree, 'modifyDN', newSuperior);
  if (parent === undefined) throw refusal('modifyDN', LDAP.noSuchObject, '0000208D: no such parent');
  checkRights(tree, rights, 'modifyDN', parent, true);
  if (isBelow(tree, parent, { ...row, usn: 0 }))
    throw refusal('modifyDN', LDAP.unwillingToPerform, '0000209A: nothing moves below itself');
  const taken = tree.store.child(parent.guid, dnKey([rdn]));
  if (taken !== undefined && taken.guid !== row.guid)
    throw refusal('modifyDN', LDAP.entryAlreadyExists, '00002071: an entry of this name already exists');
  const renamed = { ...row, rdn, parent: parent.guid };
  checkEntry(tree, 'modifyDN', renamed);
  tree.store.put(renamed);
}

/** Removes a leaf. */
export function del(tree: Tree, rights: Rights, name: string): void {
  const row = existing(tree, 'del', name);
  checkRights(tree, rights, 'del', row, false);
  if (tree.store.hasChildren(row.guid))
    throw refusal('del', LDAP.notAllowedOnNonLeaf, '00002015: there are entries below it');
  tree.store.remove(row.guid);
}
