import { provisionerContract } from '../contract.ts';
import { namespaceContract } from './contract.ts';
import { namespace, namespaceRig } from './rig.ts';

const NAME = 'Kubernetes sandbox, embedded engine';

provisionerContract(
  NAME,
  {
    kind: 'namespace',
    resources: (request) => [namespace('a-uji', request)],
    edited: { cores: 8, members: ['andi.pratama'], podSecurity: 'restricted', until: null },
  },
  () => namespaceRig(),
);
namespaceContract(NAME, () => namespaceRig());
