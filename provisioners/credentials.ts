import type { Environment } from '../core/service.ts';

/** Secrets that servers ask for, by the names of the environment variables that hold them. */
export const CREDENTIALS = {
  /** Password of the service account in Active Directory. */
  directory: 'LAYANAN_DIRECTORY_PASSWORD',
  /** Client secret of the application in the tenant. */
  mail: 'LAYANAN_MAIL_SECRET',
  /** Secret of the TSIG key, in base64. */
  dns: 'LAYANAN_DNS_KEY',
} as const;

export type Section = keyof typeof CREDENTIALS;
export type Credential = (typeof CREDENTIALS)[Section];

/** The secrets that an environment's servers need, each with the section that needs it. */
export function credentialsOf({ directory, mail, dns }: Environment): readonly (readonly [Section, Credential])[] {
  const sections: Section[] = [
    ...(directory.at.type === 'ldaps' ? (['directory'] as const) : []),
    ...(mail.at.type === 'tenant' ? (['mail'] as const) : []),
    ...(dns.at.type === 'update' ? (['dns'] as const) : []),
  ];
  return sections.map((section) => [section, CREDENTIALS[section]]);
}
