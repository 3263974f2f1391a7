/** Prints the commands that give the service account, or a group of join-domain rights, its rights and no others: see provisioners/directory/README.md. */
import { parseArgs } from 'node:util';
import { type Grant, grantsFor, joinDomainGrants, zoneGrants } from './least-rights/grant.ts';
import { sambaCommands } from './least-rights/samba-commands.ts';
import { windowsCommands } from './least-rights/windows-commands.ts';

const USAGE = `Usage: node scripts/least-rights.ts --for windows|samba --base DC=contoh,DC=test --domain CONTOH
         --account layanan --unit OU=DJP [--unit OU=DJL ...] [--groups OU=Grup] [--no-mail] [--zone djp.contoh.test ...]
       node scripts/least-rights.ts --join-domain --for windows|samba --base DC=contoh,DC=test --domain CONTOH
         --account gabung-domain-djp --unit OU=DJP

  --unit     organisational unit whose accounts and groups requests may create, change and delete
  --groups   organisational unit of the groups that accounts may join
  --no-mail  without the attributes that Exchange adds to the schema
  --zone     zone that Active Directory holds, whose names requests may write
  --join-domain  for a group whose members may join computers in the unit
`;

function grantOf(args: readonly string[]): Grant & { target: string } {
  const text = { type: 'string' } as const;
  const options = { for: text, base: text, domain: text, account: text, groups: text } as const;
  const many = { type: 'string', multiple: true } as const;
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { ...options, unit: many, zone: many, 'no-mail': flag, 'join-domain': flag },
  });
  const wanted = (name: keyof typeof options, pattern: RegExp): string => {
    const value = values[name] ?? '';
    if (!pattern.test(value))
      throw new TypeError(`Cannot print commands: --${name} '${value}' does not fit ${pattern}`);
    return value;
  };
  // What goes between the quotes of a shell or of cmd.exe holds nothing that ends them.
  const NAME = /^[A-Za-z0-9._-]+$/;
  const DN = /^(?:(?:OU|DC)=[A-Za-z0-9 ._-]+)(?:,(?:OU|DC)=[A-Za-z0-9 ._-]+)*$/i;
  const base = wanted('base', DN);
  const units = values.unit ?? [];
  for (const one of units)
    if (!DN.test(one)) throw new TypeError(`Cannot print commands: --unit '${one}' does not fit ${DN}`);
  const zones = values.zone ?? [];
  for (const one of zones)
    if (!NAME.test(one)) throw new TypeError(`Cannot print commands: --zone '${one}' does not fit ${NAME}`);
  const service = () => [
    ...grantsFor(base, units, values.groups === undefined ? undefined : wanted('groups', DN), !values['no-mail']),
    ...zoneGrants(base, zones),
  ];
  return {
    target: wanted('for', /^(windows|samba)$/),
    base,
    domain: wanted('domain', NAME),
    account: wanted('account', NAME),
    grants: values['join-domain'] ? joinDomainGrants(base, units) : service(),
  };
}

try {
  const grant = grantOf(process.argv.slice(2));
  process.stdout.write(grant.target === 'samba' ? sambaCommands(grant) : windowsCommands(grant));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 2;
}
