import type { Service } from '../../core/service.ts';
import { account } from './account.ts';
import { dcVisit } from './dc-visit.ts';
import { developmentContainer } from './development-container.ts';
import { developmentVm } from './development-vm.ts';
import { guestInternet } from './guest-internet.ts';
import { internetRights } from './internet-rights.ts';
import { joinDomain } from './join-domain.ts';
import { staticIp } from './static-ip.ts';
import { vmHosting } from './vm-hosting.ts';

/** The one list of services. */
export const SERVICES: readonly Service[] = [
  account,
  dcVisit,
  developmentContainer,
  developmentVm,
  guestInternet,
  internetRights,
  joinDomain,
  staticIp,
  vmHosting,
];
