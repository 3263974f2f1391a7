import { provisionerContract } from '../contract.ts';
import { namespace, namespaceRig } from './rig.ts';

provisionerContract(
  'Kubernetes sandbox, embedded engine',
  {
    kind: 'namespace',
    resources: (request) => [namespace('a-uji', request)],
    edited: { cores: 8, members: ['andi.pratama'], podSecurity: 'restricted', until: null },
  },
  () => namespaceRig(),
);
