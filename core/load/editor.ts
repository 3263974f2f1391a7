import * as z from 'zod';
import type { Catalogue, Offer } from '../catalogue/catalogue.ts';
import type { Service } from '../service.ts';
import { envelope } from './envelope.ts';

/** A generated file, path relative to the repository. */
export interface SchemaFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The JSON Schema (draft-07, the newest that yaml-language-server reads) of a whole request file: editors complete
 * from it by the modeline `# yaml-language-server: $schema=../../policies/schema/<catalogue>/<service>.json`.
 */
export function schemaFor(offer: Offer, service: Service): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(envelope({ offer, service }), {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      const { hint } = jsonSchema;
      delete jsonSchema.hint;
      delete jsonSchema.ofUnit;
      delete jsonSchema.private;
      // Catalogue and service: an editor writes them together with the field's name.
      if (typeof jsonSchema.const === 'string') jsonSchema.default = jsonSchema.const;
      // Shown by editors in place of the bare pattern.
      if (jsonSchema.pattern && isText(hint)) jsonSchema.patternErrorMessage = hint.id;
    },
  });
  return { ...schema, title: `${offer.name.id} (${offer.catalogue})` };
}

/** One schema for each service that a catalogue offers and a program knows; sorted, so that they can be compared. */
export function schemaFiles(policies: {
  readonly catalogues: ReadonlyMap<string, Catalogue>;
  readonly services: ReadonlyMap<string, Service>;
}): readonly SchemaFile[] {
  const offers = [...policies.catalogues.values()].flatMap((catalogue) => [...catalogue.offers.values()]);
  return offers
    .flatMap((offer) => {
      const service = policies.services.get(offer.service);
      if (service === undefined) return [];
      const path = `policies/schema/${offer.catalogue}/${offer.service}.json`;
      return [{ path, text: `${JSON.stringify(schemaFor(offer, service), null, 2)}\n` }];
    })
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

const isText = (value: unknown): value is { id: string } =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';
