import type { Right } from './directory-rights.ts';
import type { Grant } from './grant.ts';

/** One entry of an access list; `$(guid NAME)` and `$sid` are filled in by the shell. */
function ace(right: Right): string {
  switch (right.type) {
    case 'owner':
      return '(A;CIIO;RC;;;S-1-3-4)';
    case 'children':
      return `(OA;CI;CCDC;$(guid ${right.of});;$sid)`;
    case 'create':
      return `(OA;CI;CC;$(guid ${right.of});;$sid)`;
    case 'validated':
      return `(OA;CIIO;SW;${right.guid};$(guid ${right.of});$sid)`;
    case 'set':
      return `(OA;CIIO;RPWP;${right.guid};$(guid ${right.of});$sid)`;
    case 'write':
      return `(OA;CIIO;RPWP;$(guid ${right.attribute});$(guid ${right.of});$sid)`;
    case 'denied':
      return `(OD;;CR;${right.guid};;$sid)`;
    case 'control':
      return `(OA;CIIO;CR;${right.guid};$(guid ${right.of});$sid)`;
  }
}

/**
 * A shell script for a Samba domain controller. It looks up the account's identifier and the schema's, since those of
 * added attributes differ between forests; a name that is missing makes an entry that is refused. `H` and `OPTIONS` name another database, for one that does not run.
 */
export const sambaCommands = ({ base, account, grants }: Grant): string => `#!/bin/sh
# Rights of '${account}' in ${base}; run it as root on a Samba domain controller.
set -eu
H=\${H:-/var/lib/samba/private/sam.ldb}
find() { ldbsearch -H "$H" \${OPTIONS-} -b "$1" "$2" "$3" "$4"; }
value() { sed -n "s/^$1: //p"; }
sid=$(find '${base}' '(sAMAccountName=${account})' objectSid objectSid | value objectSid)
schema=$(find 'CN=Schema,CN=Configuration,${base}' '(schemaIDGUID=*)' lDAPDisplayName schemaIDGUID)
guid() {
  echo "$schema" | awk -v name="$1" '
    /^dn: / { display = id = "" }
    /^lDAPDisplayName: / { display = $2 }
    /^schemaIDGUID: / { id = $2 }
    display == name && id != "" { print id; found = 1; exit }
    END { if (!found) print "no-such-name-" name }'
}
${grants
  .map(
    ({ on, rights }) =>
      `samba-tool dsacl set -H "$H" \${OPTIONS-} --objectdn='${on}' --sddl="${rights.map(ace).join('')}"`,
  )
  .join('\n')}
`;
