import { type Context, providerOf, save } from './context.ts';
import { withSecrets, withSecretsOf } from './values.ts';

/**
 * Brings the state of some resources in line with their targets; what is gone there is gone here.
 * @throws TargetError where a target cannot be read: "could not read" is never "absent"
 */
export async function refresh(context: Context): Promise<void> {
  const { run, known, planning, state } = context;
  for (const urn of run.refresh) {
    const old = known.get(urn);
    if (old === undefined || !old.custom) continue;
    const found = await providerOf(context, old.type).read(old.type, old.id ?? '', old.inputs);
    if (found !== undefined) {
      const inputs = { ...old.inputs, ...withSecretsOf(old.inputs, found.inputs) };
      save(context, { ...old, inputs, outputs: withSecrets(found.outputs, old.inputs, []) });
      continue;
    }
    known.delete(urn);
    if (!planning) state.remove(urn);
  }
}
