import { type Secret, secret } from '../../core/secret.ts';
import type { Environment } from '../../core/service.ts';

/** The access file of a namespace, as `kubectl --kubeconfig` takes it: JSON is YAML too. */
export function accessFile(place: Environment['namespaces'], namespace: string, token: Secret): Secret {
  const { server, certificateAuthority } = place;
  const authority = certificateAuthority && {
    'certificate-authority-data': Buffer.from(certificateAuthority).toString('base64'),
  };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'layanan', cluster: { server, ...authority } }],
    users: [{ name: namespace, user: { token: token.reveal() } }],
    contexts: [{ name: namespace, context: { cluster: 'layanan', user: namespace, namespace } }],
    'current-context': namespace,
  };
  return secret(`${JSON.stringify(config, null, 2)}\n`);
}
