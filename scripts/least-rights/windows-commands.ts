import type { Right } from './directory-rights.ts';
import type { Grant } from './grant.ts';

/** Arguments of `dsacls` behind the object's name (Microsoft Learn, "Dsacls"): `/I:T` it and all below, `/I:S` below. */
function permission(right: Right, who: string): string {
  switch (right.type) {
    case 'owner':
      return '/I:S /G "OWNER RIGHTS:RC"';
    case 'children':
      return `/I:T /G "${who}:CCDC;${right.of}"`;
    case 'create':
      return `/I:T /G "${who}:CC;${right.of}"`;
    case 'validated':
      return `/I:S /G "${who}:WS;${right.name};${right.of}"`;
    case 'set':
      return `/I:S /G "${who}:RPWP;${right.name};${right.of}"`;
    case 'write':
      return `/I:S /G "${who}:RPWP;${right.attribute};${right.of}"`;
    case 'denied':
      return `/D "${who}:CA;${right.name}"`;
    case 'control':
      return `/I:S /G "${who}:CA;${right.name};${right.of}"`;
  }
}

/** Commands for a domain controller on Windows, one a line. */
export const windowsCommands = ({ account, domain, grants }: Grant): string =>
  grants
    .flatMap(({ on, rights }) =>
      rights.map((right) => `dsacls "${on}" ${permission(right, `${domain}\\${account}`)}\r\n`),
    )
    .join('');
