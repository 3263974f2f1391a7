import { type GraphType, type Property, typeNamed } from './graph-types.ts';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const PRIMITIVES: Readonly<Record<string, (value: unknown) => boolean>> = {
  Boolean: (value) => typeof value === 'boolean',
  String: (value) => typeof value === 'string',
  Guid: (value) => typeof value === 'string' && GUID.test(value),
  DateTimeOffset: (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
};

function checkValue(value: unknown, { type, nullable, readOnly }: Property, at: string): string | undefined {
  if (readOnly) return `Property '${at}' is read-only and cannot be set.`;
  if (value === null) return nullable ? undefined : `Property '${at}' does not accept null.`;
  const element = /^Collection\((.+)\)$/.exec(type)?.[1];
  if (element !== undefined) {
    if (!Array.isArray(value)) return `A value of type '${type}' is expected for '${at}'.`;
    for (const entry of value) {
      const fault = checkValue(entry, { type: element, nullable: false }, at);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }
  const primitive = PRIMITIVES[type];
  if (primitive) return primitive(value) ? undefined : `A value of type 'Edm.${type}' is expected for '${at}'.`;
  return checkObject(value, type, at);
}

function checkObject(value: unknown, type: string, at: string): string | undefined {
  const properties = typeNamed(type);
  if (properties === undefined) return `Type '${type}' is not served here.`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `An object is expected for '${at}'.`;
  for (const [name, member] of Object.entries(value)) {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property === undefined) return `Property '${name}' does not exist on type '${type}'.`;
    const fault = checkValue(member, property, name);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** What is wrong with a request body by Graph's own metadata; undefined where it is sound. */
export function checkBody(body: unknown, type: GraphType): string | undefined {
  const fault = checkObject(body, type, 'body');
  if (fault !== undefined || !type.startsWith('action.')) return fault;
  const missing = Object.entries(typeNamed(type) ?? {}).find(
    ([name, property]) => !property.nullable && !Object.hasOwn(body as object, name),
  );
  return missing && `One or more parameters of the operation are missing: '${missing[0]}'.`;
}
