import * as z from 'zod';
import type { Figures } from '../../core/catalogue/catalogue.ts';
import { displayText, timestamp } from '../../core/load/fields.ts';
import type { ServiceRequest } from '../../core/request.ts';
import type { Resource } from '../../core/resource.ts';
import type { ExpandContext, Service } from '../../core/service.ts';
import { LOOK } from '../../core/validate/names.ts';
import { skeletonOf } from '../../core/validate/skeleton.ts';
import { commonName, ouOf, principalOf } from './account-resources.ts';
import { login } from './login-field.ts';
import { lastDay } from './term-field.ts';

const specOf = (figures: Figures) =>
  z.strictObject({
    login: login().meta({
      description: 'Nama masuk (login) tamu, 3 sampai 20 karakter. Tidak dapat diubah setelah akun dibuat.',
      examples: ['tamu-rapat'],
    }),
    displayName: displayText(80).meta({
      description: 'Nama tamu, atau nama kegiatannya.',
      examples: ['Tamu Rapat Koordinasi'],
    }),
    until: lastDay(figures, 'akun tamu dapat dipakai'),
    purpose: displayText(200).meta({ description: 'Keperluan.', examples: ['Rapat koordinasi antarkementerian'] }),
    passwordResetAt: z.exactOptional(
      timestamp().meta({
        description: 'Minta password baru: tulis waktu sekarang. Hanya dilakukan bila lebih baru dari yang terakhir.',
        examples: ['2026-11-23T09:30:00+07:00'],
      }),
    ),
  });
type Spec = z.output<ReturnType<typeof specOf>>;

/** An account of a guest with plain internet access: no mail, no higher rights, and an end where there is one. */
export const guestInternet: Service = {
  name: 'guest-internet',
  states: ['active', 'disabled'],
  spec: specOf,
  claims({ spec }) {
    const { login: name } = spec as Spec;
    return [
      { name: `account:${name}`, at: 'spec.login' },
      { name: `${LOOK}${skeletonOf(name)}`, at: 'spec.login' },
    ];
  },
  usage: ({ state }) => (state === 'deleted' ? {} : { guests: 1 }),
  pools: () => [],
  expand,
};

/** Disabled after its last day by a plan of that day; the directory itself lets nobody in after it either. */
function expand(request: ServiceRequest, _items: unknown, context: ExpandContext): readonly Resource[] {
  if (request.state === 'deleted') return [];
  const { login: key, displayName, until, passwordResetAt } = request.spec as Spec;
  const { environment, phase } = context;
  return [
    {
      kind: 'directory-account',
      key,
      request: request.id,
      fields: {
        ou: ouOf(context),
        cn: commonName({ displayName, login: key }),
        displayName,
        userPrincipalName: principalOf(key, environment),
        employeeNumber: null,
        enabled: request.state === 'active' && phase === 'on',
        mail: null,
        aliases: [],
        groups: [environment.directory.guestGroup],
        mailboxKb: null,
        messageKb: null,
        expires: until ?? null,
        ...(passwordResetAt === undefined ? {} : { passwordResetAt: new Date(passwordResetAt).toISOString() }),
      },
    },
  ];
}
