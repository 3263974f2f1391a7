import { schemaFor } from '../../core/load/editor.ts';
import type { Offered } from '../../core/load/envelope.ts';
import { envelope } from '../../core/load/envelope.ts';
import { metaOf, schemaAt } from '../../core/load/node.ts';
import type { Unit } from '../../core/organisation/organisation.ts';
import { type JsonSchema, type Question, questionsOf } from './questions.ts';

/** Members of the envelope that a new request may say beside its title; the others follow from what was asked before. */
const BESIDES = ['contacts', 'approval', 'documents'];

/** All that a new request of a service may be asked: its title, its spec, and what may stand beside it. */
export function fieldsOf(offered: Offered, unit: Unit): readonly Question[] {
  const { properties = {}, required = [] } = schemaFor(offered.offer, offered.service) as JsonSchema;
  const only = (names: readonly string[]) =>
    questionsOf({ properties: pick(properties, (name) => names.includes(name)), required }, []);
  // A timestamp asks for a one-off act: nothing that is new can want one.
  const lasting = specFields(offered).filter((field) => !(field.type === 'text' && field.holds === 'instant'));
  const hasDocuments = Object.keys(offered.offer.documentTypes).length > 0;
  const besides = BESIDES.filter((name) => name !== 'documents' || hasDocuments);
  return [...only(['title']), ...lasting.map((field) => withinUnit(field, offered, unit)), ...only(besides)];
}

/** Every field of a service's spec. */
export function specFields({ offer, service }: Offered): readonly Question[] {
  const { properties = {} } = schemaFor(offer, service) as JsonSchema;
  return questionsOf(properties.spec ?? {}, ['spec']);
}

const pick = <T>(members: Readonly<Record<string, T>>, isWanted: (name: string) => boolean): Record<string, T> =>
  Object.fromEntries(Object.entries(members).filter(([name]) => isWanted(name)));

/** What may only be one of the unit's own, such as its zones, is a choice of them. */
function withinUnit(question: Question, offered: Offered, unit: Unit): Question {
  const { ofUnit } = metaOf(schemaAt(envelope(offered), question.path));
  if (ofUnit !== 'zones' || question.type !== 'text' || unit.zones.length === 0) return question;
  const { path, message, required } = question;
  return { path, message, required, type: 'choice', choices: unit.zones.map((zone) => ({ value: zone, label: zone })) };
}
