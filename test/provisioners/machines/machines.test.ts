import { provisionerContract } from '../contract.ts';
import { machine, machineRig } from './rig.ts';

provisionerContract(
  'vCenter sandbox, embedded engine',
  {
    kind: 'machine',
    resources: (request) => [machine('a-spt', request)],
    edited: { cores: 4, memoryGb: 8, until: '2027-11-01' },
  },
  () => machineRig(),
);
