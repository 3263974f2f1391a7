import type { Service } from '../../core/service.ts';
import { account } from './account.ts';
import { staticIp } from './static-ip.ts';

/** The one list of services. */
export const SERVICES: readonly Service[] = [account, staticIp];
