import { provisionerContract } from '../contract.ts';
import { machineContract } from './contract.ts';
import { machine, machineRig } from './rig.ts';

const NAME = 'vCenter sandbox, embedded engine';

provisionerContract(
  NAME,
  {
    kind: 'machine',
    resources: (request) => [machine('a-spt', request)],
    edited: { cores: 4, memoryGb: 8, until: '2027-11-01' },
  },
  () => machineRig(),
);
machineContract(NAME, () => machineRig());
