import * as z from 'zod';
import type { Figures } from '../../core/catalogue/catalogue.ts';
import { displayText } from '../../core/load/fields.ts';
import type { Unit } from '../../core/organisation/organisation.ts';
import type { ServiceRequest } from '../../core/request.ts';
import type { Environment, Service } from '../../core/service.ts';
import { principal } from './account.ts';
import { ouOf } from './account-resources.ts';
import { login } from './login-field.ts';
import { label } from './name-fields.ts';
import { lastDay } from './term-field.ts';

const MOST_MEMBERS = 50;

const specOf = (figures: Figures, what: string) =>
  z.strictObject({
    name: label()
      .max(30)
      .meta({
        description: 'Nama singkat, tanpa awalan unit. Tidak dapat diganti.',
        examples: ['tim-audit'],
      }),
    members: z
      .array(login())
      .min(1)
      .max(MOST_MEMBERS)
      .refine((logins) => new Set(logins).size === logins.length, { params: { code: 'account/member-twice' } })
      .meta({ description: `Nama masuk (login) akun unit ini yang mendapat ${what}.`, examples: [['andi.pratama']] }),
    until: lastDay(figures, `${what} berlaku`),
    purpose: displayText(200).meta({ description: 'Keperluan.', examples: ['Pemeriksaan laporan semester'] }),
  });
type Spec = z.output<ReturnType<typeof specOf>>;

/** A right that a prepared group in the directory stands for. */
export interface Right {
  readonly service: string;
  /** In the names of groups: `internet-djp-tim-audit`. */
  readonly short: string;
  /** For people, in Indonesian. */
  readonly what: string;
  /** `sAMAccountName` of the prepared group. */
  group(directory: Environment['directory'], unit: Unit): string;
}

/**
 * Rights of accounts of the own unit, as a group of their request in the prepared group: nothing else of the accounts
 * is touched, and who has the right by which request can be read off the directory. Without members after the term.
 */
export const grantedRights = ({ service, short, what, group }: Right): Service => ({
  name: service,
  states: ['active', 'disabled'],
  spec: (figures) => specOf(figures, what),
  claims: ({ unit, spec }) => [{ name: `${service}:${unit}/${(spec as Spec).name}`, at: 'spec.name' }],
  uses: ({ spec }) => (spec as Spec).members.map((name, at) => ({ name: principal(name), at: `spec.members.${at}` })),
  usage: () => ({}),
  pools: () => [],
  expand(request: ServiceRequest, _items, context) {
    if (request.state === 'deleted') return [];
    const { unit, environment, phase } = context;
    const { name, members: wanted } = request.spec as Spec;
    const members = request.state === 'active' && phase === 'on' ? wanted : [];
    const key = `${short}-${unit.prefix}-${name}`;
    const fields = { ou: ouOf(context), cn: key, displayName: key, mail: null, members };
    return [
      {
        kind: 'directory-group',
        key,
        request: request.id,
        needs: members.map((member) => ({ kind: 'directory-account', key: member }) as const),
        fields: { ...fields, groups: [group(environment.directory, unit)] },
      },
    ];
  },
});
